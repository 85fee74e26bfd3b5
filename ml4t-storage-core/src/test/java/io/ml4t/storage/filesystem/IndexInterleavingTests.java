package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VersionExpiredException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class IndexInterleavingTests {
  private static final int KEYS = 2_000;
  private static final int ROUNDS = 200;
  private static final KeyPrefix ALL = KeyPrefix.parse("");

  /** The last that a reader comes to, and the only one that has been deleted. */
  private static final StorageKey LAST = StorageKey.of("equities", "daily", "Z");

  private static final long DELETED = 5_000;
  private static final Entry DELETION = new Entry(DELETED, DELETED, Entry.NEWEST, null);

  @Test
  void a_key_that_is_forgotten_while_keys_are_listed_is_not_left_out() {
    whileAKeyIsForgotten(
        index -> {
          List<StorageKey> listed;
          try {
            listed = index.list(ALL, DELETED - 1);
          } catch (VersionExpiredException e) {
            return; // The key may have been there.
          }
          assertThat(listed.contains(LAST)).isTrue();
        });
  }

  @Test
  void a_key_that_is_forgotten_while_a_commit_is_sought_is_not_read_as_of_a_later_one() {
    whileAKeyIsForgotten(index -> assertThat(index.sequenceAt(DELETED - 1)).isEqualTo(DELETED - 1));
  }

  private static void whileAKeyIsForgotten(Consumer<Index> reader) {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Index index = index();
        CompletableFuture<Void> forgotten =
            CompletableFuture.runAsync(() -> index.forget(LAST, DELETION), other);
        reader.accept(index);
        forgotten.join();
      }
    } finally {
      other.shutdown();
    }
  }

  private static Index index() {
    Index index = new Index(new Index.Head(2 * DELETED, 2 * DELETED), Index.Head.NONE);
    for (int i = 1; i <= KEYS; i++) {
      index.load(StorageKey.of("equities", "daily", "A" + i), KeyHistory.of(version(i)));
    }
    index.load(LAST, KeyHistory.of(version(KEYS + 1)).with(DELETION));
    return index;
  }

  private static Entry version(long sequence) {
    Entry.Frame frame =
        new Entry.Frame(
            new FrameLocation("objects/1", 0, 1, 0), 1, Instant.EPOCH, Instant.EPOCH, 0, -1);
    return new Entry(sequence, sequence, Entry.NEWEST, frame);
  }
}
