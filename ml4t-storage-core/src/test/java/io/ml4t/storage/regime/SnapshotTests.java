package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Transaction;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions move amounts between a hundred accounts, through two stores on one root, while
 * checkpoints drop old versions. Every snapshot of all accounts has the same sum.
 */
class SnapshotTests {
  private static final int ACCOUNTS = 100;
  private static final int START = 1_000;
  private static final int WRITERS = 4;

  @TempDir Path root;
  private final List<String> violations = Regime.violations();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final AtomicInteger transfers = new AtomicInteger();

  @Test
  void every_snapshot_during_a_storm_of_transactions_keeps_the_invariant() {
    Random random = Regime.random("9");
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
    try (FileSystemStorage one = open();
        FileSystemStorage other = open()) {
      one.blocking().transaction(SnapshotTests::fill);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        long seed = random.nextLong();
        Storage storage = (i % 2 == 0 ? one : other).blocking();
        writers.add(CompletableFuture.runAsync(() -> write(storage, seed), threads));
      }
      CompletableFuture<Void> written =
          CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
      CompletableFuture.allOf(
              written,
              CompletableFuture.runAsync(() -> read(one.blocking(), written), threads),
              CompletableFuture.runAsync(() -> read(other.blocking(), written), threads))
          .join();
    } finally {
      threads.shutdown();
    }
    Regime.figure(
        "9 snapshots",
        "%d snapshots of %d keys during %d transactions, %d violations"
            .formatted(snapshots.get(), ACCOUNTS, transfers.get(), violations.size()),
        "violations 0",
        violations);
  }

  private FileSystemStorage open() {
    return FileSystemStorage.builder(root)
        .retry(10_000, Duration.ofMillis(1), Duration.ofMillis(20))
        .checkpointInterval(50)
        .build();
  }

  private static StorageKey account(int number) {
    return StorageKey.of("accounts", "daily", "A" + number);
  }

  private static boolean fill(Transaction tx) {
    for (int i = 0; i < ACCOUNTS; i++) {
      tx.write(Bars.of(account(i), 1, START));
    }
    return true;
  }

  private static double balance(DataObject account) {
    return account.data().doubles("close").get(0);
  }

  private void write(Storage storage, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < Regime.size(60, 5_000); i++) {
      StorageKey from = account(random.nextInt(ACCOUNTS));
      StorageKey to = account(random.nextInt(ACCOUNTS));
      int amount = 1 + random.nextInt(9);
      storage.transaction(
          tx -> {
            tx.write(Bars.of(from, 1, balance(tx.read(from)) - amount));
            return tx.write(Bars.of(to, 1, balance(tx.read(to)) + amount));
          });
      transfers.incrementAndGet();
    }
  }

  private void read(Storage storage, CompletableFuture<Void> written) {
    List<StorageKey> keys = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      keys.add(account(i));
    }
    do {
      double sum = storage.readAll(keys).stream().mapToDouble(SnapshotTests::balance).sum();
      if (sum != ACCOUNTS * START) {
        violations.add("a snapshot adds up to " + sum);
      }
      snapshots.incrementAndGet();
    } while (!written.isDone());
  }
}
