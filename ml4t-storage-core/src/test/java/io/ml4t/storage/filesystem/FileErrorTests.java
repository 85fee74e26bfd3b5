package io.ml4t.storage.filesystem;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Transaction;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.filesystem.FileFaults.Fault;
import io.ml4t.storage.lock.LockInfo;
import io.ml4t.storage.regime.Contents;
import io.ml4t.storage.regime.Regime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 5: every file operation of every kind of change fails, once or from then on, with each of
 * the errors that a disk can give. A change that fails has changed nothing, one that is
 * acknowledged stays, no lock is left behind, and the store goes on as soon as the disk does.
 */
class FileErrorTests {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");
  private static final StorageKey FOREIGN = StorageKey.of("equities", "daily", "SPY");

  /** The short slice is one in so many. */
  private static final int SLICE = 20;

  /** What is done while operations fail. */
  private interface Change {
    void run(FileSystemStorage store, Storage storage) throws IOException;
  }

  /**
   * A kind of change.
   *
   * @param certain whether the state after it is reached even when the call fails, on a later look
   */
  private record Scenario(String name, boolean certain, Change change) {}

  private static final List<Scenario> SCENARIOS =
      List.of(
          new Scenario("write", false, (store, s) -> s.write(Bars.of("NEW", 4, 1))),
          new Scenario("update", false, (store, s) -> s.update(AAPL, Bars.of("AAPL", 9, 50))),
          new Scenario("append", false, (store, s) -> s.append(Bars.of("AAPL", 12, 70))),
          new Scenario("delete", false, (store, s) -> s.delete(AAPL)),
          new Scenario("transaction", false, (store, s) -> s.transaction(FileErrorTests::three)),
          new Scenario("read", false, (store, s) -> s.readAll(List.of(AAPL, MSFT))),
          new Scenario("checkpoint", false, (store, s) -> store.maintenance().checkpoint().join()),
          new Scenario("vacuum", false, (store, s) -> store.maintenance().vacuum().join()),
          new Scenario("repair", false, (store, s) -> store.maintenance().repair().join()),
          new Scenario("adopt", true, FileErrorTests::adopt));

  @TempDir Path folder;
  private final List<String> violations = Regime.violations();
  private final Random random = Regime.random("5");
  private int injections;

  @Test
  void an_error_at_any_file_operation_loses_nothing_and_leaves_no_lock() throws IOException {
    for (int inlineLimit : new int[] {256 * 1024, 0}) {
      for (Scenario scenario : SCENARIOS) {
        sweep(scenario, inlineLimit);
      }
    }
    sweepOpening();
    Regime.figure(
        "5 file-errors",
        injections + " errors injected, " + violations.size() + " violations",
        "stuck locks 0, acknowledged lost 0",
        violations);
  }

  private void sweep(Scenario scenario, int inlineLimit) throws IOException {
    try (Trial calm = new Trial(inlineLimit)) {
      SortedMap<StorageKey, DataObject> before = Contents.of(calm.storage);
      calm.faults.arm(Integer.MAX_VALUE, Fault.EIO, false);
      scenario.change.run(calm.store, calm.storage);
      int operations = calm.faults.count();
      SortedMap<StorageKey, DataObject> after = Contents.of(calm.storage);
      for (int n = 0; n < operations; n++) {
        for (Fault fault : Fault.values()) {
          for (boolean lasting : new boolean[] {false, true}) {
            if (Regime.isWhole() || random.nextInt(SLICE) == 0) {
              inject(scenario, inlineLimit, n, fault, lasting, before, after);
            }
          }
        }
      }
    }
  }

  private void inject(
      Scenario scenario,
      int inlineLimit,
      int n,
      Fault fault,
      boolean lasting,
      SortedMap<StorageKey, DataObject> before,
      SortedMap<StorageKey, DataObject> after)
      throws IOException {
    injections++;
    try (Trial trial = new Trial(inlineLimit)) {
      trial.faults.arm(n, fault, lasting);
      Throwable error = outcome(() -> scenario.change.run(trial.store, trial.storage));
      trial.faults.disarm();
      String what =
          "%s (inline limit %d), %s at operation %d (%s)%s: "
              .formatted(
                  scenario.name, inlineLimit, fault, n, trial.faults.hit(), lasting ? " on" : "");
      if (error != null && !(error instanceof StorageException)) {
        violations.add(what + "untyped error " + error);
      }
      Throwable broken =
          outcome(
              () -> {
                check(what, trial, scenario, error, before, after);
                trial.reopen();
                check(what + "reopened, ", trial, scenario, error, before, after);
              });
      if (broken != null) {
        violations.add(what + "then " + broken);
      }
    }
  }

  private void check(
      String what,
      Trial trial,
      Scenario scenario,
      Throwable error,
      SortedMap<StorageKey, DataObject> before,
      SortedMap<StorageKey, DataObject> after) {
    Storage storage = trial.storage;
    for (LockInfo lock : trial.store.locks()) {
      if (lock.operation().equals("publish")) {
        // The background is at it. This waits for the same lock, and then writes nothing.
        outcome(
            () -> storage.write(Bars.of(lock.key(), 1, 1), WriteOptions.ifVersion(Long.MAX_VALUE)));
      } else {
        violations.add(what + "lock " + lock);
      }
    }
    if (scenario.certain && storage.exists(FOREIGN)) {
      storage.read(FOREIGN);
    }
    SortedMap<StorageKey, DataObject> now = Contents.of(storage);
    boolean mayBeBefore = error != null && !scenario.certain;
    boolean mayBeAfter =
        error == null || scenario.certain || error instanceof CommitStateUnknownException;
    if (!(mayBeBefore && now.equals(before)) && !(mayBeAfter && now.equals(after))) {
      violations.add(what + "error " + error + ", but found " + now.keySet());
    }
    storage.write(Bars.of("USABLE", 2, 2));
    if (!storage.read("equities/daily/USABLE").equals(Bars.of("USABLE", 2, 2))
        || !storage.delete("equities/daily/USABLE")) {
      violations.add(what + "not usable");
    }
    List<String> problems = Contents.problems(trial.store);
    if (!problems.isEmpty()) {
      violations.add(what + "error " + error + ", problems " + problems);
    }
  }

  /** Opening has no result but the store: it fails with a typed error, or opens whole. */
  private void sweepOpening() throws IOException {
    int operations = Integer.MAX_VALUE;
    for (int n = 0; n < operations; n++) {
      injections++;
      Fault fault = FAULTS.get(n % FAULTS.size());
      try (Trial trial = new Trial(256 * 1024)) {
        SortedMap<StorageKey, DataObject> before = Contents.of(trial.storage);
        trial.store.close();
        Files.delete(trial.root.resolve("equities/daily/MSFT.parquet"));
        trial.faults.arm(n, fault, false);
        Throwable error = outcome(() -> trial.builder().build().close());
        operations = error == null ? trial.faults.count() : operations;
        trial.faults.disarm();
        trial.reopen();
        String what = "open, %s at operation %d (%s): ".formatted(fault, n, trial.faults.hit());
        if (error != null && !(error instanceof StorageException)) {
          violations.add(what + "untyped error " + error);
        }
        if (!Contents.of(trial.storage).equals(before)
            || !Contents.problems(trial.store).isEmpty()) {
          violations.add(what + "not whole: " + Contents.problems(trial.store));
        }
      }
    }
  }

  private static Throwable outcome(Action action) {
    try {
      action.run();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    } catch (Throwable e) {
      return e;
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static boolean three(Transaction tx) {
    tx.delete(MSFT);
    tx.append(Bars.of("AAPL", 15, 90));
    tx.write(Bars.of("NEW", 3, 3));
    return true;
  }

  private static void adopt(FileSystemStorage store, Storage storage) throws IOException {
    Path target = store.status().root().resolve(FOREIGN + ".parquet");
    // Written under another key: what another program makes of a file that it has copied.
    Files.copy(store.status().root().resolve(MSFT + ".parquet"), target);
    storage.read(FOREIGN);
  }

  /** A store of its own for each injection: versions to drop, a deleted key, a checkpoint. */
  private final class Trial implements AutoCloseable {
    final Path root = Files.createTempDirectory(folder, "store");
    final HookedFiles files = new HookedFiles();
    final FileFaults faults = new FileFaults();
    final TickingClock clock = new TickingClock();
    final int inlineLimit;
    FileSystemStorage store;
    Storage storage;

    Trial(int inlineLimit) throws IOException {
      this.inlineLimit = inlineLimit;
      files.hook(faults);
      open();
      storage.write(Bars.of("AAPL", 5, 1));
      storage.write(Bars.of("GONE", 5, 1));
      storage.write(Bars.of("MSFT", 6, 1));
      store.maintenance().checkpoint().join();
      storage.write(Bars.of("AAPL", 7, 2));
      storage.delete("equities/daily/GONE");
      clock.advance(Garbage.MIN_AGE.multipliedBy(2));
    }

    FileSystemStorageBuilder builder() {
      return FileSystemStorage.builder(root)
          .files(files)
          .clock(clock)
          .inlineLimit(inlineLimit)
          .keepVersions(1)
          .minVersionAge(Duration.ZERO);
    }

    /** What opening does in the background is over then, and holds no lock. */
    private void open() {
      store = builder().build();
      store.flush().join();
      storage = store.blocking();
    }

    void reopen() {
      store.close();
      open();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
