package io.ml4t.storage.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples on the page are the code of the tests beside this one. */
class TestingPageTests {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern INDENT = Pattern.compile("\\s+");

  @Test
  void every_example_is_code_that_runs() throws IOException {
    String sources = "";
    for (String name : List.of("MovingAverageTests", "MovingAverageSliceTests", "ArchivistTests")) {
      Path file = Path.of("src/test/java/io/ml4t/storage/test/docs", name + ".java");
      sources += plain(Files.readString(file));
    }
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("../docs/testing.md")))
            .results()
            .map(found -> plain(found.group(1)))
            .map(text -> text.endsWith("} }") ? text.substring(0, text.length() - 2) : text)
            .collect(Collectors.toList());
    assertThat(examples).hasSize(4);
    for (String example : examples) {
      assertThat(sources).contains(example.strip());
    }
  }

  private static String plain(String text) {
    return INDENT.matcher(text).replaceAll(" ").strip();
  }
}
