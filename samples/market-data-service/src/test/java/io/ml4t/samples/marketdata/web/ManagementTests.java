package io.ml4t.samples.marketdata.web;

import static io.ml4t.samples.marketdata.HttpService.json;
import static org.assertj.core.api.Assertions.assertThat;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.ml4t.samples.marketdata.HttpService;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.lock.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as its operators see it, with the demo universe. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.test.metrics.export=true",
      "spring.test.tracing.export=true",
      "management.tracing.sampling.probability=1.0",
      "management.endpoint.health.group.readiness.include=readinessState, ml4tStorage"
    })
class ManagementTests {
  @TempDir static Path root;

  @LocalServerPort int port;

  @Autowired BlockingQueue<MutableSpan> finished;

  @TestConfiguration(proxyBeanMethods = false)
  static class Tracing {
    @Bean
    BlockingQueue<MutableSpan> finished() {
      return new LinkedBlockingQueue<>();
    }

    @Bean
    SpanHandler keepFinishedSpans(BlockingQueue<MutableSpan> finished) {
      return new SpanHandler() {
        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
          return finished.add(new MutableSpan(span));
        }
      };
    }
  }

  @DynamicPropertySource
  static void dataRoot(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.data-root", () -> root.toString());
  }

  @Test
  void healthShowsTheStore() throws Exception {
    var health = json(http().get("/actuator/health"));
    assertThat(health.get("status").asString()).isEqualTo("UP");
    var store = health.get("components").get("ml4tStorage");
    assertThat(store.get("status").asString()).isEqualTo("UP");
    assertThat(store.get("details").get("root").asString()).isEqualTo(root.toString());
    assertThat(store.get("details").get("keys").asInt()).isEqualTo(3);
    assertThat(store.get("details").get("lastCommit").asString()).endsWith("Z");
    var locks = health.get("components").get("ml4tStorageLocks");
    assertThat(locks.get("status").asString()).isEqualTo("UP");
  }

  @Test
  void theStoreIsPartOfReadinessWhereItIsAskedFor() throws Exception {
    var readiness = json(http().get("/actuator/health/readiness"));
    assertThat(readiness.get("status").asString()).isEqualTo("UP");
    assertThat(readiness.get("components").propertyNames())
        .containsExactlyInAnyOrder("readinessState", "ml4tStorage");
  }

  @Test
  void aHeldLockShowsInHealthAndInTheEndpoint() throws Exception {
    StorageKey key = StorageKey.of("synthetic", "daily", "CALM");
    try (KeyLocks locks = KeyLocks.file(root.resolve(".ml4t/locks"), Runnable::run);
        Lease lease = locks.acquire(List.of(key), Duration.ZERO, "import").join()) {
      var listed = json(http().get("/actuator/ml4tstorage/locks")).get("locks").get(0);
      assertThat(listed.get("key").asString()).isEqualTo("synthetic/daily/CALM");
      assertThat(listed.get("state").asString()).isEqualTo("HELD");
      assertThat(listed.get("operation").asString()).isEqualTo("import");
      var details =
          json(http().get("/actuator/health"))
              .get("components")
              .get("ml4tStorageLocks")
              .get("details");
      assertThat(details.get("held").asInt()).isEqualTo(1);
      assertThat(details.get("oldestHeld").get("key").asString()).isEqualTo("synthetic/daily/CALM");
    }
    assertThat(json(http().get("/actuator/ml4tstorage/locks")).get("locks").isEmpty()).isTrue();
  }

  @Test
  void theEndpointShowsStoreKeysAndCommits() throws Exception {
    var store = json(http().get("/actuator/ml4tstorage")).get("stores").get("default");
    assertThat(store.get("root").asString()).isEqualTo(root.toString());
    assertThat(store.get("size").get("keys").asInt()).isEqualTo(3);
    assertThat(store.get("size").get("rows").asInt()).isEqualTo(1_500);
    var key = json(http().get("/actuator/ml4tstorage/keys/synthetic/daily/WILD"));
    assertThat(key.get("columns").get("close").asString()).isEqualTo("DOUBLE");
    assertThat(key.get("metadata").get("provider").asString()).isEqualTo("synthetic");
    assertThat(key.get("metadata").get("attributes").get("volatility").asString())
        .isEqualTo("******");
    assertThat(key.get("versions").get(0).get("firstTimestamp").asString())
        .isEqualTo("2024-01-01T00:00:00Z");
    var commits = json(http().get("/actuator/ml4tstorage/commits?limit=1"));
    assertThat(commits.get("commits").size()).isEqualTo(1);
    assertThat(http().get("/actuator/ml4tstorage/keys/synthetic/daily/NONE").statusCode())
        .isEqualTo(404);
    assertThat(http().get("/actuator/ml4tstorage/commits?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void everySeriesOfTheDashboardIsScraped() throws Exception {
    http().get("/api/data/synthetic/daily/CALM?columns=none"); // An error to be counted.
    String scrape = http().get("/actuator/prometheus").body();
    assertThat(Dashboard.series())
        .hasSizeGreaterThan(20)
        .allSatisfy(series -> assertThat(scrape).containsPattern(series.of("default")));
  }

  @Test
  void writeOperationsAreOffUnlessAccessIsGranted() throws Exception {
    assertThat(http().post("/actuator/ml4tstorage/vacuum").statusCode()).isEqualTo(405);
  }

  @Test
  void aTraceRunsFromTheRequestIntoTheStore() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    http()
        .get(
            "/api/data/synthetic/daily/CALM",
            "traceparent",
            "00-" + trace + "-b7ad6b7169203331-01");
    List<MutableSpan> spans =
        spans(trace, "storage read", "http get /api/data/{assetClass}/{frequency}/{symbol}");
    assertThat(spans.get(0).parentId()).isEqualTo(spans.get(1).id());
    assertThat(spans.get(0).tag("ml4t.storage.key")).isEqualTo("synthetic/daily/CALM");
  }

  /** The spans of a trace by their names, as soon as all are finished. */
  private List<MutableSpan> spans(String trace, String... names) throws InterruptedException {
    Map<String, MutableSpan> found = new HashMap<>();
    while (!found.keySet().containsAll(Set.of(names))) {
      MutableSpan span = finished.poll(30, TimeUnit.SECONDS);
      assertThat(span).as("another span than %s", found.keySet()).isNotNull();
      if (span.traceId().equals(trace)) {
        found.put(span.name(), span);
      }
    }
    return Stream.of(names).map(found::get).toList();
  }

  private HttpService http() {
    return new HttpService(port);
  }

  @Test
  void prometheusCanScrape() throws Exception {
    var scrape = http().get("/actuator/prometheus");
    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(scrape.body())
        .contains("jvm_memory_used_bytes")
        .contains("ml4t_storage_keys{store=\"default\"} 3.0")
        .contains("ml4t_storage_operation_seconds_count{")
        .contains("ml4t_storage_lock_wait_seconds_count{")
        .contains("ml4t_storage_commit_size_commits_count{store=\"default\"}")
        .contains("ml4t_storage_frame_rows_total{direction=\"written\",store=\"default\"}");
  }
}
