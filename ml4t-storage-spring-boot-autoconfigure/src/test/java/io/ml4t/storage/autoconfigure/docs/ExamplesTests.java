package io.ml4t.storage.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java example of every page is code of a test, which is in a package {@code docs} of the
 * module that it is about, and every dependency is one that there is.
 */
class ExamplesTests {
  private static final Pattern COMMENT = Pattern.compile("\\s// [^\n]*");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern PATH = Pattern.compile("Path\\.of\\(\"/?");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  private static String tests;

  @BeforeAll
  static void readTheTests() throws IOException {
    try (Stream<Path> files = Files.walk(Page.PROJECT)) {
      tests =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("/src/test/java/"))
              .filter(file -> file.getParent().endsWith("docs"))
              .map(file -> plain(read(file)))
              .collect(Collectors.joining("\n"));
    }
  }

  static Stream<Arguments> java() throws IOException {
    return examples("java");
  }

  static Stream<Arguments> xml() throws IOException {
    return examples("xml");
  }

  private static Stream<Arguments> examples(String language) throws IOException {
    return Page.all()
        .flatMap(
            page -> page.examples(language).stream().map(text -> Arguments.of(page.name(), text)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("java")
  void everyExampleIsCodeOfATest(String page, String example) {
    assertThat(tests).contains(withoutItsLastBrace(plain(example)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("xml")
  void everyDependencyIsAModuleOfThisVersion(String page, String example) {
    String module = first(ARTIFACT, example);
    String pom = read(Page.PROJECT.resolve(module).resolve("pom.xml"));
    assertThat(first(VERSION, example)).isEqualTo(first(VERSION, pom));
  }

  @Test
  void noExampleIsInALanguageThatNoTestLooksAt() throws IOException {
    assertThat(Page.all())
        .allSatisfy(
            page ->
                assertThat(Pattern.compile("(?m)^```(\\w+)$").matcher(page.text()).results())
                    .extracting((MatchResult found) -> found.group(1))
                    .isSubsetOf("java", "js", "python", "sql", "xml", "yaml"));
  }

  /**
   * Where a line is broken and what a comment says makes no difference, and where a page has a
   * path, a test has it in a temporary folder.
   */
  private static String plain(String text) {
    String code = SPACE.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
    return PATH.matcher(code).replaceAll("root.resolve(\"");
  }

  /** A class may have more members in the test. */
  private static String withoutItsLastBrace(String code) {
    return code.endsWith("}") ? code.substring(0, code.length() - 1) : code;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
