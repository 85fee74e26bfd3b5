package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames of several row groups, which are encoded while they are written. */
class LargeFrameTests {
  private static final StorageKey KEY = StorageKey.of("equities", "daily", "AAPL");
  private static final DataObject LARGE = Bars.of(KEY, FrameCodec.ROW_GROUP_ROWS + 1_000, 1);

  @TempDir Path root;
  private final HookedFiles files = new HookedFiles();

  @ParameterizedTest
  @EnumSource(PlainViewMode.class)
  void a_large_frame_comes_back_and_is_shown_as_the_mode_says(PlainViewMode mode)
      throws IOException {
    try (FileSystemStorage store = open(mode)) {
      store.write(LARGE).join();

      assertThat(store.read(KEY).join()).isEqualTo(LARGE);
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
      if (mode != PlainViewMode.OFF) {
        assertThat(root.resolve(KEY + ".parquet")).hasSameBinaryContentAs(object());
      }
      assertThat(list("staging")).isEmpty();
    }
  }

  @Test
  void an_object_that_was_collected_before_its_commit_is_written_again() {
    try (FileSystemStorage store = open(PlainViewMode.OFF)) {
      files.hook(
          (operation, file) -> {
            if (operation.equals("link") && file.toString().contains("log")) {
              files.hook((any, other) -> {});
              Files.delete(object());
            }
          });
      store.write(LARGE).join();

      assertThat(store.read(KEY).join()).isEqualTo(LARGE);
    }
  }

  @Test
  void a_frame_that_cannot_be_encoded_to_its_end_leaves_no_file() throws IOException {
    String[] text = new String[LARGE.data().rowCount()];
    Arrays.fill(text, "venue");
    text[text.length - 1] = "\uD800";
    DataFrame broken = LARGE.data().withColumn("venue", StringColumn.of(text));
    try (FileSystemStorage store = open(PlainViewMode.LINK)) {
      assertThatThrownBy(store.write(new DataObject(broken, LARGE.metadata()))::join)
          .hasCauseInstanceOf(InvalidDataException.class)
          .hasMessageContaining("column 'venue'");

      assertThat(list("staging")).isEmpty();
      assertThat(list("objects")).isEmpty();
      assertThat(store.exists(KEY).join()).isFalse();
    }
  }

  private FileSystemStorage open(PlainViewMode mode) {
    return FileSystemStorage.builder(root).files(files).plainView(mode).build();
  }

  private Path object() throws IOException {
    return list("objects").get(0);
  }

  private List<Path> list(String folder) throws IOException {
    try (var found = Files.list(root.resolve(".ml4t").resolve(folder))) {
      return found.toList();
    }
  }
}
