package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.regime.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of commits that go out in groups, of callers who cancel, and of readers of the
 * index. Each commit adds a version to a key, or to two, and tells how many there are then: were
 * one lost, made twice or seen in part, the counts would not be those of any order of the
 * operations.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public class GroupCommitInterleavingTests {
  private static final List<StorageKey> KEYS =
      List.of(StorageKey.of("fx", "daily", "A"), StorageKey.of("fx", "daily", "B"));
  private static final Path DISK = Path.of("lincheck").toAbsolutePath();

  private final CommitLog log;
  private final GroupCommitter committer;

  public GroupCommitInterleavingTests() throws IOException {
    StoreFiles files = new SimulatedFiles(DISK.getParent());
    Clock clock = Clock.systemUTC();
    StoreLayout layout = StoreFolder.open(files, DISK, clock, true);
    StoreOptions options =
        new StoreOptions(
            Durability.FSYNC,
            0,
            1 << 18,
            PlainViewMode.OFF,
            PublishMode.BEHIND,
            Duration.ZERO,
            1,
            Duration.ZERO,
            1_000,
            new CallerOptions(
                new Admission.Limits(1, 1, 1, 1, Duration.ZERO), Duration.ZERO, null));
    log = new CommitLog(files, layout, clock, true);
    FrameStore frames =
        new FrameStore(
            files, layout, FrameCodec.builder().build(), clock, options, StorageListener.NONE);
    committer = new GroupCommitter(log, frames, Runnable::run, StorageListener.NONE);
  }

  private CompletableFuture<Integer> add(List<StorageKey> keys) {
    int[] counted = new int[1];
    List<StagedChange> changes = keys.stream().map(StagedChange::delete).toList();
    Plan.Decision decision =
        newest -> {
          counted[0] = count(newest, keys, Long.MAX_VALUE);
          return changes;
        };
    return committer
        .submit(new Plan("add", keys, keys, List.of(), changes, Map.of(), decision))
        .thenApply(record -> counted[0]);
  }

  /** How many versions there are up to a commit: as many hundreds as of the second key. */
  private static int count(Index index, List<StorageKey> keys, long sequence) {
    int sum = 0;
    for (StorageKey key : keys) {
      int versions =
          (int) index.versions(key).stream().filter(v -> v.sequence() <= sequence).count();
      sum += key.equals(KEYS.get(1)) ? 100 * versions : versions;
    }
    return sum;
  }

  @Operation
  public int addOne(@Param(name = "key") int key) {
    return add(List.of(KEYS.get(key))).join();
  }

  @Operation
  public int addBoth() {
    return add(KEYS).join();
  }

  @Operation
  public void addAndCancel(@Param(name = "key") int key) {
    CompletableFuture<Integer> made = add(List.of(KEYS.get(key)));
    made.thenApply(count -> count).cancel(true);
    made.join();
  }

  @Operation
  public int readBoth() {
    Index index = log.index();
    return count(index, KEYS, index.head().sequence());
  }

  @Test
  void no_run_of_stressed_scenarios_breaks_a_group_or_the_index() {
    Scenarios.check(
        "group-commit-and-index",
        "stressed",
        new StressOptions().invocationsPerIteration(200).threads(3).actorsPerThread(3),
        GroupCommitInterleavingTests.class);
  }
}
