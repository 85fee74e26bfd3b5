package io.ml4t.storage.filesystem;

import io.ml4t.storage.regime.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of threads that come to a group at the same time, of one whose caller cancels,
 * and of one that is deferred. A number that only the leader guards is incremented for each: were
 * there two leaders, or one lost, the results would not be those of any order, or a caller hang.
 *
 * <p>The committer itself is only stressed ({@link GroupCommitInterleavingTests}): model checking
 * has each run of a scenario do the same steps, but every commit takes the time of day, draws a
 * random name, and goes through a JSON generator with buffers that threads share.
 */
public class GroupsInterleavingTests {
  private static final class Item {
    final CompletableFuture<Integer> number = new CompletableFuture<>();
    boolean isDeferred;
  }

  private final Groups<Item> groups = new Groups<>(item -> 1, this::count, Runnable::run);
  private int last;

  private List<Runnable> count(List<Item> group, Consumer<Item> later) {
    List<Runnable> follows = new ArrayList<>();
    for (Item item : group) {
      if (item.isDeferred) {
        item.isDeferred = false;
        later.accept(item);
      } else {
        int number = ++last;
        follows.add(() -> item.number.complete(number));
      }
    }
    return follows;
  }

  @Operation
  public int join() {
    Item item = new Item();
    groups.submit(item);
    return item.number.join();
  }

  @Operation
  public int joinLater() {
    Item item = new Item();
    item.isDeferred = true;
    groups.submit(item);
    return item.number.join();
  }

  @Operation
  public void joinAndCancel() {
    Item item = new Item();
    groups.submit(item);
    item.number.cancel(true);
  }

  @Test
  void no_interleaving_of_model_checked_scenarios_breaks_a_group() {
    Scenarios.check(
        "groups",
        "model checked",
        new ModelCheckingOptions()
            .addGuarantee(
                ManagedStrategyGuaranteeKt.forClasses(Scenarios::isLocal).allMethods().ignore())
            .invocationsPerIteration(200)
            .threads(2)
            .actorsPerThread(2),
        GroupsInterleavingTests.class);
  }
}
