package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GroupsTests {
  private final List<String> done = new ArrayList<>();

  private final Groups<String> groups =
      new Groups<>(
          item -> 1,
          this::work,
          StoreThreads.orCaller(
              step -> {
                throw new RejectedExecutionException("the store is closed");
              }));

  /** Two things follow each item; the first item is joined by another while it is dealt with. */
  private List<Runnable> work(List<String> group, Consumer<String> later) {
    if (group.contains("first")) {
      groups.submit("second");
    }
    return group.stream()
        .<Runnable>mapMulti(
            (item, follow) -> {
              follow.accept(() -> done.add(item + " one"));
              follow.accept(() -> done.add(item + " two"));
            })
        .toList();
  }

  @Test
  void what_follows_is_done_though_no_other_thread_takes_it() {
    groups.submit("first");

    assertThat(done)
        .containsExactlyInAnyOrder("first one", "first two", "second one", "second two");
  }
}
