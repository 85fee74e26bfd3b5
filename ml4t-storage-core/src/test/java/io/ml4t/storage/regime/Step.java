package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.MapStorage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The kinds of change during which a process dies. */
enum Step {
  WRITE {
    @Override
    void run(FileSystemStorage store) {
      store.blocking().write(Bars.of("NEW", 40, 1));
    }
  },
  TRANSACTION {
    @Override
    void run(FileSystemStorage store) {
      store
          .blocking()
          .transaction(
              tx -> {
                tx.write(Bars.of("AAPL", 30, 3));
                tx.write(Bars.of("LARGE", LARGE_ROWS, 4));
                return tx.delete(MSFT);
              });
    }
  },
  APPEND {
    @Override
    void run(FileSystemStorage store) {
      store.blocking().append(Bars.of("AAPL", 50, 5));
    }
  },
  DELETE {
    @Override
    void run(FileSystemStorage store) {
      store.blocking().delete(IBM);
    }
  },
  CHECKPOINT {
    @Override
    void run(FileSystemStorage store) {
      store.maintenance().checkpoint().join();
    }
  },
  VACUUM {
    @Override
    void run(FileSystemStorage store) {
      store.maintenance().vacuum().join();
    }
  },
  MIGRATION {
    @Override
    void run(FileSystemStorage store) {
      MapStorage source = new MapStorage();
      source.write(Bars.of("MIGRATED", 40, 6));
      Path root = store.status().root();
      MigrationReport report =
          StorageMigrator.from(source)
              .to(store)
              .verify(true)
              .journal(root.resolveSibling(root.getFileName() + ".journal"))
              .run();
      if (!report.isComplete()) {
        throw new IllegalStateException(report.toString());
      }
    }
  };

  private static final int LARGE_ROWS = 1_000;
  private static final int INLINE_LIMIT = 8 * 1024;
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");
  private static final StorageKey IBM = StorageKey.of("equities", "daily", "IBM");

  abstract void run(FileSystemStorage store);

  static FileSystemStorage open(Path root) {
    return FileSystemStorage.builder(root)
        .inlineLimit(INLINE_LIMIT)
        .keepVersions(1)
        .minVersionAge(Duration.ZERO)
        .build();
  }

  /** A store with small and large frames, older versions of both, and a checkpoint behind. */
  static void prepare(Path root) {
    try (FileSystemStorage store = open(root)) {
      for (String symbol : List.of("AAPL", "MSFT", "IBM")) {
        store.blocking().write(Bars.of(symbol, 10, 1));
      }
      store.blocking().write(Bars.of("LARGE", LARGE_ROWS, 1));
      store.maintenance().checkpoint().join();
      store.blocking().write(Bars.of("AAPL", 20, 2));
    }
  }
}
