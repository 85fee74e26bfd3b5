package io.ml4t.storage.filesystem;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.SimulatedFiles.Acknowledge;
import io.ml4t.storage.filesystem.SimulatedFiles.Operation;
import io.ml4t.storage.regime.Contents;
import io.ml4t.storage.regime.Regime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 3: the power goes after each file operation of a store's life, and the disk keeps any
 * legal subset of what was not synced. What was acknowledged is there, all keys are whole, and
 * transactions are done or not.
 */
class PowerCutTests {
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  /** Up to so many open changes of names, all subsets are tried. */
  private static final int MAX_EXHAUSTIVE = 5;

  @TempDir Path root;
  private final Random random = Regime.random("3");
  private final List<String> violations = Regime.violations();
  private int tried;

  @Test
  void no_legal_order_of_writes_to_the_disk_loses_what_was_acknowledged() {
    for (int inlineLimit : new int[] {256 * 1024, 0}) {
      live(inlineLimit);
    }
    Regime.figure(
        "3 reorderings",
        tried + " states of the disk, " + violations.size() + " violations",
        "violations 0",
        violations);
  }

  private void live(int inlineLimit) {
    SimulatedFiles files = new SimulatedFiles(root.getParent());
    List<SortedMap<StorageKey, DataObject>> states = new ArrayList<>();
    states.add(new TreeMap<>());
    TickingClock clock = new TickingClock();
    for (List<Life> opening : OPENINGS) {
      try (FileSystemStorage store = builder(files, clock).inlineLimit(inlineLimit).build()) {
        store.flush().join(); // What it does in the background is over before the first step.
        for (Life step : opening) {
          step.run(store, store.blocking(), clock);
          states.add(Contents.of(store.blocking()));
          files.acknowledge(states.size() - 1);
        }
      }
    }
    List<Operation> journal = files.journal();
    int acknowledged = 0;
    for (int n = 0; n <= journal.size(); n++) {
      if (n > 0 && journal.get(n - 1) instanceof Acknowledge told) {
        acknowledged = told.state();
      }
      PowerCut cut = new PowerCut(journal, n);
      String where = "inline limit " + inlineLimit + ", cut after operation " + n + ": ";
      SortedMap<StorageKey, DataObject> before = states.get(acknowledged);
      SortedMap<StorageKey, DataObject> after =
          states.get(Math.min(acknowledged + 1, states.size() - 1));
      for (IntPredicate survives : subsets(cut.open())) {
        tried++;
        SimulatedFiles disk = cut.state(survives, random);
        int left = disk.journal().size();
        check(where, disk, before, after);
        if (random.nextInt(4) == 0) {
          cutAgain(where, disk.journal(), left, before, after);
        }
      }
    }
  }

  /** While the store was mending what a cut had left, or after it, the power goes once more. */
  private void cutAgain(
      String where,
      List<Operation> journal,
      int left,
      SortedMap<StorageKey, DataObject> before,
      SortedMap<StorageKey, DataObject> after) {
    for (int n : new int[] {left + random.nextInt(journal.size() - left + 1), journal.size()}) {
      PowerCut cut = new PowerCut(journal, n);
      boolean[] survives = new boolean[cut.open()];
      for (int i = 0; i < survives.length; i++) {
        survives[i] = random.nextBoolean();
      }
      tried++;
      String again = where + "and again after operation " + (n - left) + ": ";
      check(again, cut.state(i -> survives[i], random), before, after);
    }
  }

  /** All subsets of a few, or none, all, each one alone missing, and some by chance. */
  private List<IntPredicate> subsets(int size) {
    List<IntPredicate> subsets = new ArrayList<>();
    subsets.add(i -> true);
    if (!Regime.isWhole() && random.nextInt(8) != 0) {
      return subsets;
    }
    if (size <= MAX_EXHAUSTIVE) {
      for (int set = 0; set < (1 << size) - 1; set++) {
        int chosen = set;
        subsets.add(i -> (chosen >> i & 1) == 1);
      }
      return subsets;
    }
    subsets.add(i -> false);
    for (int i = 0; i < Regime.size(4, 200); i++) {
      long seed = random.nextLong();
      int share = 1 + random.nextInt(7);
      subsets.add(n -> Math.floorMod(new Random(seed + n * 31L).nextInt(), 8) < share);
    }
    return subsets;
  }

  private void check(
      String where,
      SimulatedFiles disk,
      SortedMap<StorageKey, DataObject> before,
      SortedMap<StorageKey, DataObject> after) {
    TickingClock clock = new TickingClock();
    clock.advance(Duration.ofDays(1));
    try (FileSystemStorage store = builder(disk, clock).build()) {
      SortedMap<StorageKey, DataObject> found = Contents.of(store.blocking());
      if (!found.equals(before) && !found.equals(after)) {
        violations.add(where + "found " + describe(found) + ", expected " + describe(before));
      }
      List<String> problems = Contents.problems(store);
      if (!problems.isEmpty()) {
        violations.add(where + problems);
      }
    } catch (RuntimeException e) {
      violations.add(where + e);
    }
  }

  private static String describe(SortedMap<StorageKey, DataObject> contents) {
    StringBuilder text = new StringBuilder();
    contents.forEach(
        (key, data) -> text.append(key.symbol()).append(data.data().rowCount()).append(' '));
    return text.toString();
  }

  private FileSystemStorageBuilder builder(SimulatedFiles files, TickingClock clock) {
    return FileSystemStorage.builder(root)
        .files(files)
        .clock(clock)
        .keepVersions(1)
        .minVersionAge(Duration.ZERO);
  }

  private interface Life {
    void run(FileSystemStorage store, Storage storage, TickingClock clock);
  }

  /** Every kind of change; a step makes one commit at most. */
  private static final List<Life> LIFE =
      List.of(
          (store, storage, clock) -> storage.write(Bars.of("AAPL", 3, 1)),
          (store, storage, clock) -> storage.write(Bars.of("MSFT", 4, 1)),
          (store, storage, clock) -> storage.write(Bars.of("AAPL", 5, 2)),
          (store, storage, clock) -> store.maintenance().checkpoint().join(),
          (store, storage, clock) ->
              storage.transaction(
                  tx -> {
                    tx.write(Bars.of("AAPL", 6, 3));
                    tx.write(Bars.of("IBM", 7, 3));
                    return tx.delete(MSFT);
                  }),
          (store, storage, clock) -> storage.append(Bars.of("IBM", 8, 4)),
          (store, storage, clock) -> store.maintenance().checkpoint().join(),
          (store, storage, clock) -> storage.write(Bars.of("MSFT", 9, 5)),
          (store, storage, clock) -> store.tag("eod").join(),
          (store, storage, clock) -> storage.write(Bars.of("MSFT", 12, 5)),
          (store, storage, clock) -> store.maintenance().checkpoint().join(),
          (store, storage, clock) -> store.untag("eod").join(),
          (store, storage, clock) -> {
            clock.advance(Garbage.MIN_AGE.multipliedBy(2));
            store.maintenance().vacuum().join();
          },
          (store, storage, clock) -> storage.write(Bars.of("AAPL", 10, 6)),
          (store, storage, clock) -> storage.delete(MSFT),
          (store, storage, clock) -> store.maintenance().vacuum().join(),
          (store, storage, clock) -> storage.write(Bars.of("IBM", 11, 7)),
          (store, storage, clock) -> clock.advance(Duration.ofMinutes(20)));

  /** Opens on plain files that are old enough to be synced. */
  private static final List<Life> LATER =
      List.of(
          (store, storage, clock) -> storage.append(Bars.of("AAPL", 14, 8)),
          (store, storage, clock) -> storage.delete(StorageKey.of("equities", "daily", "IBM")));

  private static final List<List<Life>> OPENINGS = List.of(LIFE, LATER, List.of());
}
