package io.ml4t.storage.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.autoconfigure.Ml4tStorageProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of properties on the configuration page is made of the metadata. With {@code
 * -Dml4t.docs=write} this test writes it.
 */
class ConfigurationReferenceTests {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String BEGIN = "with -Dml4t.docs=write -->\n";
  private static final String END = "<!-- end of properties -->";

  @Test
  void theTableIsThatOfTheMetadata() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String table = table();
    if ("write".equals(System.getProperty("ml4t.docs"))) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertThat(page.substring(begin, end)).isEqualTo(table);
    }
  }

  private static String table() throws IOException {
    JsonNode metadata = metadata();
    List<JsonNode> hints = metadata.path("hints").valueStream().toList();
    return metadata
        .path("properties")
        .valueStream()
        .sorted(
            Comparator.comparing((JsonNode property) -> !name(property).startsWith("ml4t"))
                .thenComparing(ConfigurationReferenceTests::name))
        .map(property -> row(property, hints))
        .collect(Collectors.joining("", "| property | default | |\n|---|---|---|\n", ""));
  }

  private static String row(JsonNode property, List<JsonNode> hints) {
    String values =
        hints.stream()
            .filter(hint -> name(hint).equals(name(property)))
            .flatMap(hint -> hint.path("values").valueStream())
            .map(
                value ->
                    "`%s`: %s"
                        .formatted(
                            value.path("value").asString(), value.path("description").asString()))
            .map(text -> text.replaceAll("\\.$", ""))
            .collect(Collectors.joining("; "));
    return "| `%s` | `%s` | %s%s |\n"
        .formatted(
            name(property),
            property.path("defaultValue").asString(),
            property.path("description").asString(),
            values.isEmpty() ? "" : " " + values + ".");
  }

  private static String name(JsonNode node) {
    return node.path("name").asString();
  }

  private static JsonNode metadata() throws IOException {
    try (InputStream json =
        Ml4tStorageProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return JsonMapper.shared().readTree(json);
    }
  }
}
