package io.ml4t.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.migration.MigrationSource.State;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryWindowTests {
  private final MemoryWindow window = new MemoryWindow(1 << 20, 1);

  private CompletableFuture<MemoryWindow.Place> enter(State state) {
    return CompletableFuture.supplyAsync(() -> window.enter(state));
  }

  @Test
  void small_frames_are_under_way_together() {
    for (int i = 0; i < 50; i++) {
      assertThat(enter(new State(1, 100, 1_000)).join()).isNotNull();
    }
  }

  @Test
  void a_frame_waits_until_there_is_room_for_it() {
    MemoryWindow.Place first = enter(new State(1, 10_000, 100)).join();
    CompletableFuture<MemoryWindow.Place> second = enter(new State(1, 10_000, 100));

    assertThat(second).isNotCompleted();
    first.close();
    assertThat(second.join()).isNotNull();
  }

  @Test
  void a_frame_that_is_larger_than_the_window_goes_alone() {
    MemoryWindow.Place huge = enter(new State(1, 1L << 40, 1L << 40)).join();
    CompletableFuture<MemoryWindow.Place> small = enter(new State(1, 1, 1));

    assertThat(small).isNotCompleted();
    huge.close();
    assertThat(small.join()).isNotNull();
  }

  @Test
  void a_frame_of_which_nothing_is_known_goes_alone_until_it_is_read() {
    MemoryWindow.Place unknown = enter(null).join();
    CompletableFuture<MemoryWindow.Place> small = enter(new State(1, 100, 100));

    assertThat(small).isNotCompleted();
    unknown.fit(Bars.of("AAPL", 100, 1));
    assertThat(small.join()).isNotNull();
  }

  @Test
  void wide_rows_are_learnt_from() {
    var wide = Bars.daily(100, 1);
    for (int column = 0; column < 1_000; column++) {
      wide = wide.withColumn("x" + column, wide.column("close"));
    }
    try (MemoryWindow.Place place = window.enter(new State(1, 100, 100))) {
      place.fit(Bars.of("AAPL", 100, 1).withData(wide));
    }
    assertThat(MemoryWindow.size(wide)).isEqualTo(100 * 8 * 1_006);

    enter(new State(1, 100, 100)).join();
    assertThat(enter(new State(1, 100, 100))).isNotCompleted();
  }
}
