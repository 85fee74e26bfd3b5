package io.ml4t.storage.regime;

import io.ml4t.storage.Storage;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;

/**
 * Migrates a plain directory into a store, and says how many keys are done; at the end, what the
 * report says, the greatest heap in MiB, and the keys written per second. Arguments: source,
 * target, journal.
 */
final class MigrationProgram {
  private MigrationProgram() {}

  public static void main(String[] arguments) {
    try (Storage source = PlainDirectoryStorage.builder(Path.of(arguments[0])).readOnly().build();
        FileSystemStorage target = FileSystemStorage.builder(Path.of(arguments[1])).build()) {
      MigrationReport report =
          StorageMigrator.from(source)
              .to(target)
              .journal(Path.of(arguments[2]))
              .onProgress(progress -> System.out.println(progress.finished()))
              .run();
      System.out.println(
          "%d %d %d %d %.0f"
              .formatted(
                  report.successful(),
                  report.skipped(),
                  report.failed(),
                  heap() >> 20,
                  report.successful() / (report.elapsed().toNanos() / 1e9)));
    }
  }

  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
