package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTests {
  private static final Instant TIME = Instant.parse("2024-01-02T00:00:00Z");

  @Test
  void a_read_is_of_everything_as_of_now_by_default() {
    assertThat(ReadOptions.defaults())
        .isEqualTo(new ReadOptions(List.of(), null, null, null, null));
  }

  @Test
  void read_options_combine() {
    ReadOptions options =
        ReadOptions.asOf(7).withColumns("timestamp", "close").withRange(TIME, null);

    assertThat(options)
        .isEqualTo(new ReadOptions(List.of("timestamp", "close"), TIME, null, 7L, null));
    assertThat(ReadOptions.asOf(TIME).asOfTime()).isEqualTo(TIME);
  }

  @Test
  void read_options_do_not_change_with_the_list_they_were_given() {
    List<String> columns = new ArrayList<>(List.of("close"));
    ReadOptions options = new ReadOptions(columns, null, null, null, null);
    columns.clear();

    assertThat(options.columns()).containsExactly("close");
  }

  @Test
  void read_options_that_contradict_each_other_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadOptions.defaults().withRange(TIME, TIME.minusNanos(1)))
        .withMessageContaining("empty range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReadOptions(List.of(), null, null, 1L, TIME))
        .withMessageContaining("a sequence and a time at once");
  }

  @Test
  void a_write_may_depend_on_the_version() {
    assertThat(WriteOptions.defaults().ifVersion()).isNull();
    assertThat(WriteOptions.ifAbsent()).isEqualTo(WriteOptions.ifVersion(WriteOptions.ABSENT));
    assertThat(WriteOptions.ifVersion(3).ifVersion()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WriteOptions.ifVersion(-1))
        .withMessageContaining("-1");
  }
}
