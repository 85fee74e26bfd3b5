package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.Snapshot;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Transaction;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of several processes does to a root, operation by operation: a write, a transaction, an
 * append, a write or a deletion in turn, and a read. Each operation follows from its number, so
 * what the process's own keys hold follows from the number of the last one. Transactions also
 * increment a counter that all processes share, and the process's own ledger of such increments.
 */
record Workload(int process) {
  private static final int KINDS = 5;
  private static final StorageKey TOTAL = StorageKey.of("equities", "daily", "TOTAL");

  static FileSystemStorage open(Path root) {
    return FileSystemStorage.builder(root)
        .retry(10_000, Duration.ofMillis(1), Duration.ofMillis(20))
        .checkpointInterval(40)
        .keepVersions(2)
        .minVersionAge(Duration.ofSeconds(1))
        .build();
  }

  private StorageKey key(String name) {
    return StorageKey.of("equities", "p" + process, name);
  }

  private DataObject value(String name, int value) {
    return Bars.of(key(name), 3, value);
  }

  void run(Storage storage, int operation) {
    switch (operation % KINDS) {
      case 0 -> storage.write(value("WRITTEN", operation));
      case 1 -> storage.transaction(tx -> transact(tx, operation));
      case 2 -> storage.append(appended(operation));
      case 3 -> {
        if (times(3, operation) % 2 == 1) {
          storage.write(value("ON-OFF", operation));
        } else if (!storage.delete(key("ON-OFF"))) {
          throw new IllegalStateException("Nothing to delete at operation " + operation);
        }
      }
      default -> {
        List<String> found = own(storage.snapshot());
        if (!found.equals(expected(operation))) {
          throw new IllegalStateException(
              "Own keys at operation %d are %s, expected %s"
                  .formatted(operation, found, expected(operation)));
        }
      }
    }
  }

  private boolean transact(Transaction tx, int operation) {
    int total = tx.exists(TOTAL) ? number(tx.read(TOTAL)) : 0;
    tx.write(Bars.of(TOTAL, 1, total + 1));
    tx.write(value("FIRST", operation));
    tx.write(value("SECOND", operation));
    tx.write(value("LEDGER", times(1, operation)));
    return true;
  }

  private DataObject appended(int operation) {
    return new DataObject(
        Bars.dailyFrom(Bars.START.plus(Duration.ofDays(operation)), 1, operation),
        Bars.of(key("APPENDED"), 1, 0).metadata());
  }

  private static int number(DataObject frame) {
    return (int) Math.round(frame.data().doubles("close").get(0));
  }

  /** How many operations of a kind there are up to and including one. */
  private static int times(int kind, int operation) {
    return operation < kind ? 0 : (operation - kind) / KINDS + 1;
  }

  /** What the process's own keys hold after an operation, in words. */
  List<String> expected(int operation) {
    List<String> state = new ArrayList<>();
    int appends = times(2, operation);
    if (appends > 0) {
      state.add("APPENDED " + appends + " rows from 2");
    }
    add(state, "FIRST", last(1, operation));
    add(state, "LEDGER", times(1, operation) == 0 ? -1 : times(1, operation));
    add(state, "ON-OFF", times(3, operation) % 2 == 1 ? last(3, operation) : -1);
    add(state, "SECOND", last(1, operation));
    add(state, "WRITTEN", last(0, operation));
    return state;
  }

  private static void add(List<String> state, String name, int value) {
    if (value >= 0) {
      state.add(name + " 3 rows from " + value);
    }
  }

  /** The last operation of a kind up to and including one, negative where there is none. */
  private static int last(int kind, int operation) {
    return kind + (times(kind, operation) - 1) * KINDS;
  }

  /** What the process's own keys hold in a snapshot, in the words of {@link #expected}. */
  List<String> own(Snapshot snapshot) {
    List<String> state = new ArrayList<>();
    for (StorageKey key : snapshot.listKeys("equities/p" + process)) {
      DataObject frame = snapshot.read(key);
      state.add(key.symbol() + " " + frame.data().rowCount() + " rows from " + number(frame));
    }
    return state;
  }

  /** Increments that the counter of all processes has, less those in their ledgers. */
  static int unaccounted(Snapshot snapshot, int processes) {
    int rest = count(snapshot, TOTAL);
    for (int process = 0; process < processes; process++) {
      rest -= count(snapshot, new Workload(process).key("LEDGER"));
    }
    return rest;
  }

  private static int count(Snapshot snapshot, StorageKey key) {
    try {
      return number(snapshot.read(key));
    } catch (KeyNotFoundException e) {
      return 0;
    }
  }
}
