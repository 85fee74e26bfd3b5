package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.StorageKey;
import org.junit.jupiter.api.Test;

class CheckpointCodecTests {
  @Test
  void a_version_of_a_commit_that_cannot_be_is_refused() {
    Index index = new Index(new Index.Head(9, 90), new Index.Head(1, 10));
    index.load(
        StorageKey.of("crypto", "daily", "BTC/USD"),
        KeyHistory.of(new Entry(-1, 90, Entry.NEWEST, null)));
    byte[] content = CheckpointFuzzing.content(index);

    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> new CheckpointFuzzing().read(content))
        .withStackTraceContaining("a version is of commit -1");
  }
}
