package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.Contents;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that several processes make of one store. */
class SharedCheckpointTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;

  private FileSystemStorage open(int keepVersions) {
    return FileSystemStorage.builder(root)
        .minVersionAge(Duration.ZERO)
        .keepVersions(keepVersions)
        .build();
  }

  @Test
  void a_checkpoint_finds_the_frames_that_another_process_has_moved() {
    try (FileSystemStorage one = open(1);
        FileSystemStorage other = open(1)) {
      Storage storage = one.blocking();
      storage.write(Bars.of("MSFT", 1, 1));
      storage.write(Bars.of("AAPL", 100, 1));
      other.maintenance().vacuum().join();
      storage.write(Bars.of("AAPL", 100, 2));
      one.maintenance().vacuum().join();
      storage.write(Bars.of("AAPL", 100, 3));
      other.maintenance().vacuum().join();

      assertThat(other.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
      assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
      assertThat(Contents.problems(one)).isEmpty();
    }
    try (FileSystemStorage store = open(1)) {
      assertThat(store.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
    }
  }

  @Test
  void a_second_checkpoint_of_one_commit_leaves_the_pack_of_the_first_alone() {
    try (FileSystemStorage one = open(5);
        FileSystemStorage other = open(1)) {
      for (int rows = 1; rows <= 5; rows++) {
        one.blocking().write(Bars.of("AAPL", rows, rows));
      }
      one.maintenance().checkpoint().join();
      other.maintenance().vacuum().join();

      assertThat(one.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 5));
      assertThat(other.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 5));
    }
  }
}
