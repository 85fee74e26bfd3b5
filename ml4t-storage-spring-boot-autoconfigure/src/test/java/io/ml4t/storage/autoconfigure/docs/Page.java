package io.ml4t.storage.autoconfigure.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README, or a page of the documentation. */
record Page(String name, String text) {
  static final Path PROJECT = Path.of("..");

  static Page named(String name) {
    Path folder = name.equals("README.md") ? PROJECT : PROJECT.resolve("docs");
    try {
      return new Page(name, Files.readString(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every page that users read. */
  static Stream<Page> all() throws IOException {
    try (Stream<Path> files = Files.list(PROJECT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md"),
              files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".md")))
          .sorted()
          .toList()
          .stream()
          .map(Page::named);
    }
  }

  /** Its examples in a language. */
  List<String> examples(String language) {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(example -> example.group(1))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
