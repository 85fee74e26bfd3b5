package io.ml4t.samples.marketdata.web;

import static io.ml4t.samples.marketdata.HttpService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.samples.marketdata.HttpService;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.event.CommitEvent;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.lock.Lease;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The service with a second store, an archive, as its operators see both. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "market-data.demo=false",
      "ml4t.storage.events.commits=true",
      "management.endpoint.ml4tstorage.access=unrestricted",
      "spring.test.metrics.export=true"
    })
class NamedStoresTests {
  @TempDir static Path folder;

  @LocalServerPort int port;
  @Autowired Storage prices;
  @Autowired Commits commits;

  @Autowired
  @Qualifier("archive") FileSystemStorage archive;

  @TestConfiguration(proxyBeanMethods = false)
  static class Commits {
    private final BlockingQueue<CommitEvent> events = new LinkedBlockingQueue<>();

    @EventListener
    void on(CommitEvent event) {
      events.add(event);
    }

    /** The store from which the event of a key's commit comes. */
    String storeOf(StorageKey key) throws InterruptedException {
      while (true) {
        CommitEvent event = Objects.requireNonNull(events.poll(30, TimeUnit.SECONDS));
        if (event.commit().versions().get(0).key().equals(key)) {
          return event.store();
        }
      }
    }
  }

  @DynamicPropertySource
  static void dataRoots(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.stores.default.data-root", () -> folder + "/prices");
    properties.add("ml4t.storage.stores.archive.data-root", () -> folder + "/archive");
  }

  @Test
  void theSummaryShowsBoth() throws Exception {
    JsonNode stores = json(http().get("/actuator/ml4tstorage")).get("stores");
    assertThat(stores.propertyNames()).containsExactly("archive", "default");
    assertThat(stores.get("archive").get("root").asString())
        .isEqualTo(folder.resolve("archive").toString());
    assertThat(stores.get("default").get("root").asString())
        .isEqualTo(folder.resolve("prices").toString());
  }

  @Test
  void aKeyAndACommitShowInTheStoreThatHasThem() throws Exception {
    archive.write(SyntheticBars.daily("OLD").toDataObject()).join();
    prices.write(SyntheticBars.daily("NEW").toDataObject());
    assertThat(status("keys/equities/daily/OLD?store=archive")).isEqualTo(200);
    assertThat(status("keys/equities/daily/OLD?store=default")).isEqualTo(404);
    assertThat(status("keys/equities/daily/OLD")).isEqualTo(404);
    assertThat(status("keys/equities/daily/NEW")).isEqualTo(200);
    assertThat(status("keys/equities/daily/NEW?store=archive")).isEqualTo(404);
    assertThat(status("keys/equities/daily/OLD?store=none")).isEqualTo(400);
    assertThat(json(http().get("/actuator/ml4tstorage/locks?store=none")).get("detail").asString())
        .isEqualTo("Cannot choose store 'none': there are [archive, default]");
    assertThat(newestCommit("?limit=1&store=archive")).isEqualTo("equities/daily/OLD");
    assertThat(newestCommit("?limit=1")).isEqualTo("equities/daily/NEW");
  }

  private String newestCommit(String query) throws Exception {
    JsonNode newest = json(http().get("/actuator/ml4tstorage/commits" + query)).get("commits");
    return newest.get(0).get("changes").get(0).get("key").asString();
  }

  @Test
  void aHeldLockShowsInItsStoreOnly() throws Exception {
    StorageKey key = StorageKey.of("equities", "daily", "HELD");
    Path file = folder.resolve("archive/.ml4t/locks");
    try (KeyLocks locks = KeyLocks.file(file, Runnable::run);
        Lease lease = locks.acquire(List.of(key), Duration.ZERO, "import").join()) {
      assertThat(locks("?store=archive").get(0).get("key").asString()).isEqualTo(key.toString());
      assertThat(locks("").isEmpty()).isTrue();
      JsonNode health = health("ml4tStorageLocks");
      assertThat(health.get("archive").get("details").get("held").asInt()).isEqualTo(1);
      assertThat(health.get("default").get("details").get("held").asInt()).isZero();
    }
  }

  private JsonNode locks(String query) throws Exception {
    return json(http().get("/actuator/ml4tstorage/locks" + query)).get("locks");
  }

  @Test
  void healthShowsBothAndEachAlone() throws Exception {
    JsonNode health = health("ml4tStorage");
    assertThat(health.propertyNames()).containsExactlyInAnyOrder("archive", "default");
    assertThat(health.get("archive").get("details").get("root").asString())
        .isEqualTo(folder.resolve("archive").toString());
    JsonNode alone = json(http().get("/actuator/health/ml4tStorage/archive"));
    assertThat(alone.get("status").asString()).isEqualTo("UP");
  }

  private JsonNode health(String component) throws Exception {
    return json(http().get("/actuator/health")).at("/components/" + component + "/components");
  }

  @Test
  void anOperationIsOnTheStoreThatItNames() throws Exception {
    archive.write(SyntheticBars.daily("LOST").toDataObject()).join();
    Files.delete(folder.resolve("archive/equities/daily/LOST.parquet"));
    assertThat(run("verify?store=archive").get("clean").asBoolean()).isFalse();
    assertThat(run("verify").get("clean").asBoolean()).isTrue();
    assertThat(run("refresh?store=default").get("adopted").asInt()).isZero();
    assertThat(run("verify?store=archive").get("clean").asBoolean()).isFalse();
    assertThat(run("refresh?store=archive").get("adopted").asInt()).isZero();
    archive.flush().join();
    assertThat(run("verify?store=archive").get("clean").asBoolean()).isTrue();
    assertThat(run("vacuum?store=archive").get("done").asBoolean()).isTrue();
  }

  private JsonNode run(String operation) throws Exception {
    return json(http().post("/actuator/ml4tstorage/" + operation));
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive", "default"})
  void everySeriesOfTheDashboardIsThereOfEachStore(String store) throws Exception {
    SyntheticBars bars = SyntheticBars.daily("METERED");
    StorageKey key = archive.write(bars.toDataObject()).join();
    archive.read(key).join();
    prices.read(prices.write(bars.toDataObject()));
    for (Storage each : List.of(prices, archive.blocking())) {
      assertThatExceptionOfType(KeyNotFoundException.class)
          .isThrownBy(() -> each.read("equities/daily/NONE"));
    }
    String scrape = http().get("/actuator/prometheus").body();
    assertThat(Dashboard.series())
        .allSatisfy(series -> assertThat(scrape).containsPattern(series.of(store)));
  }

  @Test
  void anEventSaysWhichStoreHasCommitted() throws Exception {
    StorageKey old = archive.write(SyntheticBars.daily("EVENT.OLD").toDataObject()).join();
    assertThat(commits.storeOf(old)).isEqualTo("archive");
    StorageKey fresh = prices.write(SyntheticBars.daily("EVENT.NEW").toDataObject());
    assertThat(commits.storeOf(fresh)).isEqualTo("default");
  }

  private int status(String path) throws Exception {
    return http().get("/actuator/ml4tstorage/" + path).statusCode();
  }

  private HttpService http() {
    return new HttpService(port);
  }
}
