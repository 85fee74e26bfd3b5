package io.ml4t.storage.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two stores with names, as their users and their operators see them on Spring Boot 4.0. */
@SpringBootTest(
    classes = OldestSpringBootTests.Application.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
      "management.endpoint.ml4tstorage.access=unrestricted",
      "spring.test.metrics.export=true"
    })
class NamedStoresTests {
  @TempDir static Path folder;

  @Autowired Map<String, FileSystemStorage> stores;
  @Autowired AsyncStorage prices;

  @Autowired
  @Qualifier("archiveBlocking") Storage archive;

  @Autowired MeterRegistry meters;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void dataRoots(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.stores.default.data-root", () -> folder + "/prices");
    properties.add("ml4t.storage.stores.archive.data-root", () -> folder + "/archive");
  }

  @Test
  void each_is_a_bean_of_its_name_and_the_default_one_is_injected_where_none_is_named() {
    assertThat(stores).containsOnlyKeys("default", "archive");
    assertThat(prices).isSameAs(stores.get("default"));
    StorageKey key = archive.write(SyntheticBars.daily("OLD").toDataObject());
    assertThat(stores.get("archive").exists(key).join()).isTrue();
    assertThat(prices.exists(key).join()).isFalse();
    assertThat(folder.resolve("archive/equities/daily/OLD.parquet")).exists();
  }

  @Test
  void health_has_each_as_a_component() throws Exception {
    for (String name : stores.keySet()) {
      for (String contributor : new String[] {"ml4tStorage", "ml4tStorageLocks"}) {
        assertThat(json(new Actuator(port).get("health/" + contributor + "/" + name)).get("status"))
            .hasToString("\"UP\"");
      }
    }
    JsonNode archive = json(new Actuator(port).get("health/ml4tStorage/archive"));
    assertThat(archive.at("/details/root").asString()).isEqualTo(folder + "/archive");
  }

  @Test
  void the_endpoint_shows_both_and_works_on_the_one_that_is_named() throws Exception {
    JsonNode summary = json(new Actuator(port).get("ml4tstorage"));
    assertThat(summary.at("/stores/archive/root").asString()).isEqualTo(folder + "/archive");
    assertThat(summary.at("/stores/default/root").asString()).isEqualTo(folder + "/prices");

    StorageKey key = archive.write(SyntheticBars.daily("ASKED").toDataObject());
    JsonNode found = json(new Actuator(port).get("ml4tstorage/keys/" + key + "?store=archive"));
    assertThat(found.at("/columns/close").asString()).isEqualTo("DOUBLE");
    JsonNode checked = json(new Actuator(port).post("ml4tstorage/verify?store=archive"));
    assertThat(checked.get("clean").asBoolean()).isTrue();
  }

  @Test
  void each_meter_tells_them_apart() {
    double before = written("default");
    archive.write(SyntheticBars.daily("METERED").rows(7).toDataObject());
    assertThat(written("default")).isEqualTo(before);
    assertThat(written("archive")).isGreaterThanOrEqualTo(7);
    assertThat(meters.get("ml4t.storage.keys").tag("store", "archive").gauge().value())
        .isPositive();
  }

  private double written(String store) {
    return meters
        .get("ml4t.storage.frame.rows")
        .tags("direction", "written", "store", store)
        .counter()
        .count();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
