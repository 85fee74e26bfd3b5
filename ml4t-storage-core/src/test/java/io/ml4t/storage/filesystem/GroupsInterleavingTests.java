package io.ml4t.storage.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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
  private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 10);

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
  @EnabledIfSystemProperty(
      named = "lincheck.scenarios",
      matches = "\\d+",
      disabledReason = "Model checking takes a minute: set lincheck.scenarios")
  void no_interleaving_of_model_checked_scenarios_breaks_a_group() {
    boolean violated = true;
    try {
      new ModelCheckingOptions()
          .addGuarantee(
              ManagedStrategyGuaranteeKt.forClasses(GroupsInterleavingTests::isLocal)
                  .allMethods()
                  .ignore())
          .invocationsPerIteration(200)
          .threads(2)
          .actorsPerThread(2)
          .iterations(SCENARIOS)
          .actorsBefore(0)
          .actorsAfter(1)
          .check(GroupsInterleavingTests.class);
      violated = false;
    } finally {
      System.out.printf(
          "FIGURE regime-8 groups: %d scenarios model checked, %s violations (0) %s%n",
          SCENARIOS, violated ? "some" : "0", violated ? "SHORT" : "OK");
    }
  }

  /** Code that works on what one thread sees: nothing to interleave. */
  private static boolean isLocal(String type) {
    return (type.startsWith("java.util.") && !type.startsWith("java.util.concurrent."))
        || type.startsWith("java.lang.");
  }
}
