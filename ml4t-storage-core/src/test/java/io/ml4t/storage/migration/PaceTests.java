package io.ml4t.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTests {
  private long now = 5;
  private final Pace.Ticker ticker =
      new Pace.Ticker() {
        @Override
        public long nanoTime() {
          return now;
        }

        @Override
        public void sleep(long nanos) {
          now += nanos;
        }
      };

  @Test
  void so_much_begins_in_a_second_and_no_more() {
    Pace pace = new Pace(1_000, ticker);

    for (int key = 0; key < 500; key++) {
      pace.await(1, () -> false);
    }
    pace.await(2_000, () -> false);
    assertThat(now).isEqualTo(5 + 500_000_000L);

    pace.await(1, () -> false);
    assertThat(now).isEqualTo(5 + 2_500_000_000L);
  }

  @Test
  void time_in_which_nothing_began_is_not_made_up_for() {
    Pace pace = new Pace(10, ticker);
    now += 10_000_000_000L;
    long start = now;

    for (int key = 0; key < 11; key++) {
      pace.await(1, () -> false);
    }

    assertThat(now - start).isEqualTo(1_000_000_000L);
  }

  @Test
  void nobody_waits_without_a_limit_or_when_all_is_over() {
    new Pace(Double.POSITIVE_INFINITY, ticker).await(Long.MAX_VALUE, () -> false);
    Pace slow = new Pace(0.001, ticker);
    slow.await(1, () -> true);
    slow.await(1, () -> true);

    assertThat(now).isEqualTo(5);
  }
}
