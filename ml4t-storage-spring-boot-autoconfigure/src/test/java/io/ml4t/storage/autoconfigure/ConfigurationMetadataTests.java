package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE offers for {@code application.yml}. */
class ConfigurationMetadataTests {

  @Test
  void everyPropertyHasADescriptionAndADefault() throws IOException {
    List<JsonNode> properties = properties();
    assertThat(properties).hasSizeGreaterThan(10);
    assertThat(properties)
        .allSatisfy(
            property -> {
              assertThat(property.path("description").asString())
                  .as(property.toString())
                  .isNotBlank();
              assertThat(property.has("defaultValue")).as(property.toString()).isTrue();
            });
  }

  @Test
  void propertiesStayUnderTheirPrefixes() throws IOException {
    assertThat(properties())
        .extracting(property -> property.path("name").asString())
        .contains("ml4t.storage.data-root", "management.health.ml4tstorage.enabled")
        .allMatch(
            name -> name.matches("(ml4t.storage|management\\.(health|endpoint)\\.ml4tstorage).*"));
  }

  private static List<JsonNode> properties() throws IOException {
    try (InputStream json =
        Ml4tStorageProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return JsonMapper.shared().readTree(json).path("properties").valueStream().toList();
    }
  }
}
