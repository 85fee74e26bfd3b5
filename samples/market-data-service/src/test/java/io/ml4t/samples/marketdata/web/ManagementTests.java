package io.ml4t.samples.marketdata.web;

import static io.ml4t.samples.marketdata.HttpService.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.samples.marketdata.HttpService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as its operators see it, with the demo universe. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "spring.test.metrics.export=true")
class ManagementTests {
  @TempDir static Path root;

  @LocalServerPort int port;

  @DynamicPropertySource
  static void dataRoot(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.data-root", () -> root.toString());
  }

  @Test
  void healthShowsTheStore() throws Exception {
    var health = json(new HttpService(port).get("/actuator/health"));
    assertThat(health.get("status").asString()).isEqualTo("UP");
    var store = health.get("components").get("ml4tStorage");
    assertThat(store.get("status").asString()).isEqualTo("UP");
    assertThat(store.get("details").get("root").asString()).isEqualTo(root.toString());
    assertThat(store.get("details").get("keys").asInt()).isEqualTo(3);
    assertThat(store.get("details").get("lastCommit").asString()).endsWith("Z");
  }

  @Test
  void prometheusCanScrape() throws Exception {
    var scrape = new HttpService(port).get("/actuator/prometheus");
    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(scrape.body()).contains("jvm_memory_used_bytes");
  }
}
