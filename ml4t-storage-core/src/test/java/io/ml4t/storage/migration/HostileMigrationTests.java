package io.ml4t.storage.migration;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.regime.ForeignWriter;
import io.ml4t.storage.regime.Regime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand broken or hostile files among good ones, in one migration. */
class HostileMigrationTests {
  private static final int BAD = 1_000;
  private static final int GOOD = 200;

  @TempDir Path root;
  private final List<String> violations = Regime.violations();

  @Test
  void each_is_reported_with_its_cause_and_every_good_one_is_migrated() throws IOException {
    Random random = Regime.random("migration-hostile");
    Path folder = Files.createDirectories(root.resolve("source/equities/daily"));
    Set<String> bad = new HashSet<>();
    for (int i = 0; i < BAD; i++) {
      bad.add(HostileInputs.make(i, folder, random));
    }
    List<DataObject> good = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      good.add(Bars.of("GOOD" + i, 50, i));
      ForeignWriter.RENAMES.write(root.resolve("source"), good.get(i));
    }

    int migrated = 0;
    int reported;
    try (Storage source = PlainDirectoryStorage.builder(root.resolve("source")).build();
        FileSystemStorage target = FileSystemStorage.builder(root.resolve("target")).build()) {
      MigrationReport report = StorageMigrator.from(source).to(target).verify(true).run();

      int unharmed = check(report, bad, target.blocking());
      for (DataObject data : good) {
        if (target.blocking().read(data.key()).equals(data)) {
          migrated++;
        } else {
          violations.add(data.key() + " was not migrated as it is");
        }
      }
      if (target.blocking().listKeys().size() != GOOD + unharmed) {
        violations.add("the target has " + target.blocking().listKeys().size() + " keys");
      }
      reported = report.failures().size();
    }
    Regime.figure(
        "migration-hostile",
        "%d bad inputs: %d reported, the rows of %d unharmed; %d of %d good ones migrated"
            .formatted(BAD, reported, BAD - reported, migrated, GOOD),
        "every bad one with its cause, every good one as it is",
        violations);
  }

  /** How many were not reported because a flipped bit did no harm to their rows. */
  private int check(MigrationReport report, Set<String> bad, Storage target) {
    int unharmed = 0;
    Map<String, Throwable> reported = new HashMap<>();
    report.failures().forEach(failure -> reported.put(failure.name(), failure.cause()));
    for (String name : bad) {
      Throwable cause = reported.remove(name);
      if (cause == null && isUnharmed(name, target)) {
        unharmed++;
      } else if (!(cause instanceof StorageException) || cause.getMessage() == null) {
        violations.add(name + " was reported as " + cause);
      }
    }
    reported.keySet().forEach(name -> violations.add(name + " was reported for no reason"));
    return unharmed;
  }

  private static boolean isUnharmed(String name, Storage target) {
    String symbol = name.substring(name.lastIndexOf('/') + 1);
    return symbol.matches("BAD\\d+")
        && target.exists(name)
        && target.read(name).data().equals(HostileInputs.bars(symbol).data());
  }
}
