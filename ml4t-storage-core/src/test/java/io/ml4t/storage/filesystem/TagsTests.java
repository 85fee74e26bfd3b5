package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class TagsTests {
  @Test
  void a_tag_is_removed_by_its_own_name_only_also_where_file_names_ignore_case()
      throws IOException {
    try (FileSystem system = Jimfs.newFileSystem(Configuration.osX())) {
      StoreLayout layout =
          new StoreLayout(system.getPath("data").toAbsolutePath(), Clock.systemUTC());
      Files.createDirectories(layout.staging);
      Files.createDirectories(layout.tags);
      Tags tags = new Tags(new NioStoreFiles(), layout, false);
      tags.add("monday", 7);

      assertThat(tags.remove("Monday")).isFalse();
      assertThat(tags.all()).containsEntry("monday", 7L).hasSize(1);

      assertThat(tags.remove("monday")).isTrue();
      assertThat(tags.all()).isEmpty();
    }
  }
}
