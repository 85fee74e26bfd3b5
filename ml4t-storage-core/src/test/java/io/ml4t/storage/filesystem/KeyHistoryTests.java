package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyHistoryTests {
  /** Versions 10, 20 and 30, committed at the times 100, 200 and 300. */
  private final KeyHistory history = KeyHistory.of(entry(10)).with(entry(20)).with(entry(30));

  private static Entry entry(long sequence) {
    return new Entry(sequence, sequence * 10, Entry.NEWEST, null);
  }

  private static List<Long> sequences(KeyHistory history) {
    return history.entries().stream().map(Entry::sequence).toList();
  }

  @Test
  void a_further_version_leaves_the_history_before_it_as_it_was() {
    KeyHistory longer = history.with(entry(40));
    assertThat(sequences(history)).containsExactly(10L, 20L, 30L);
    assertThat(history.newest().until()).isEqualTo(Entry.NEWEST);
    assertThat(history.at(Long.MAX_VALUE)).isEqualTo(entry(30));
    assertThat(sequences(longer)).containsExactly(10L, 20L, 30L, 40L);
    assertThat(longer.size()).isEqualTo(4);
    assertThat(longer.born()).isEqualTo(10);
  }

  @Test
  void finds_the_version_that_was_the_newest_at_a_commit() {
    assertThat(history.at(9)).isNull();
    assertThat(history.at(10)).extracting(Entry::sequence).isEqualTo(10L);
    assertThat(history.at(29)).extracting(Entry::sequence).isEqualTo(20L);
    assertThat(history.at(30)).extracting(Entry::sequence).isEqualTo(30L);
  }

  @Test
  void does_not_take_an_older_version_for_one_that_has_been_dropped() {
    List<Entry> all = history.entries();
    KeyHistory gap = KeyHistory.of(10, List.of(all.get(0), all.get(2)));
    assertThat(gap.at(19)).extracting(Entry::sequence).isEqualTo(10L);
    assertThat(gap.at(20)).isNull();
  }

  @Test
  void finds_the_first_commit_after_a_time() {
    assertThat(history.firstAfter(99)).isEqualTo(10);
    assertThat(history.firstAfter(100)).isEqualTo(20);
    assertThat(history.firstAfter(300)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ends_at_a_commit_and_goes_on_from_there() {
    KeyHistory start = history.until(25);
    assertThat(sequences(start)).containsExactly(10L, 20L);
    assertThat(start.newest()).isEqualTo(entry(20));
    assertThat(history.until(9)).isNull();
    assertThat(start.withLater(history, 25).entries()).isEqualTo(history.entries());
  }

  @Test
  void begins_anew_after_a_commit() {
    KeyHistory later = history.after(15);
    assertThat(later.born()).isEqualTo(20);
    assertThat(later.entries()).isEqualTo(history.entries().subList(1, 3));
    assertThat(history.after(30)).isNull();
  }
}
