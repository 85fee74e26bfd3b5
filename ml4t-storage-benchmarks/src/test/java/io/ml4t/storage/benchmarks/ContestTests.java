package io.ml4t.storage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTests {
  private final List<String> turns = new ArrayList<>();

  @Test
  void each_round_has_a_turn_of_everyone_and_begins_with_another_one() throws Exception {
    new Contest(1, 3, 100).run(List.of(taking("a", 100), taking("b", 100)));

    assertThat(turns).containsExactly("b", "a", "a", "b", "b", "a", "a", "b");
  }

  @Test
  void the_warm_up_decides_how_many_runs_a_turn_has() throws Exception {
    List<Integer> runs = new ArrayList<>();
    Contestant quick =
        new Contestant() {
          @Override
          public String name() {
            return "quick";
          }

          @Override
          public double nanosPerRun(int count) {
            runs.add(count);
            return 10;
          }
        };

    new Contest(1, 2, 1_000).run(List.of(quick));

    assertThat(runs).containsExactly(1, 100, 100);
  }

  @Test
  void medians_and_their_ratios_come_back_by_name() throws Exception {
    Medians medians = new Contest(0, 3, 1).run(List.of(taking("slow", 30), taking("fast", 10)));

    assertThat(medians.of("slow")).isEqualTo(30);
    assertThat(medians.ratio("slow", "fast")).isEqualTo(3);
  }

  @Test
  void the_median_is_in_the_middle() {
    assertThat(Contest.median(new double[] {9, 1, 2})).isEqualTo(2);
    assertThat(Contest.median(new double[] {4, 1, 9, 2})).isEqualTo(3);
  }

  private Contestant taking(String name, double nanos) {
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double nanosPerRun(int runs) {
        turns.add(name);
        return nanos;
      }
    };
  }
}
