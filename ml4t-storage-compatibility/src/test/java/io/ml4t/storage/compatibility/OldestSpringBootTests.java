package io.ml4t.storage.compatibility;

import static io.ml4t.storage.test.StorageAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;

/** The starter with all that it adapts to, beside Reactor and Jackson 2, on Spring Boot 4.0. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
      "spring.test.metrics.export=true"
    })
class OldestSpringBootTests {
  @TempDir static Path root;

  @Autowired AsyncStorage storage;
  @Autowired MeterRegistry meters;
  @LocalServerPort int port;

  @SpringBootApplication
  static class Application {}

  @DynamicPropertySource
  static void dataRoot(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.data-root", () -> root.toString());
  }

  @Test
  void this_is_the_oldest_release_beside_what_may_disturb() {
    assertThat(SpringBootVersion.getVersion()).startsWith("4.0.");
    assertThat(
            List.of("reactor.core.publisher.Mono", "com.fasterxml.jackson.databind.ObjectMapper"))
        .allMatch(name -> ClassUtils.isPresent(name, getClass().getClassLoader()));
  }

  @Test
  void what_is_written_is_read_and_metered() {
    DataObject bars = SyntheticBars.daily("AAPL").toDataObject();
    storage.write(bars).join();
    assertThat(storage.read("equities/daily/AAPL").join()).hasSameDataAs(bars.data());
    assertThat(meters.get("ml4t.storage.operation").tag("operation", "write").timer().count())
        .isPositive();
    assertThat(meters.get("ml4t.storage.frame.rows").tag("direction", "read").counter().count())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "ml4tstorage", "ml4tstorage/commits"})
  void actuator_shows_the_store(String path) throws Exception {
    assertThat(new Actuator(port).get(path))
        .contains(
            path.equals("health")
                ? "ml4tStorageLocks"
                : path.endsWith("commits") ? "\"commits\":[" : root.toString());
  }
}
