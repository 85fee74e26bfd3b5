package io.ml4t.samples.marketdata.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.samples.marketdata.HttpService;
import io.ml4t.samples.marketdata.MarketDataApplication;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import jakarta.servlet.Filter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

class ShutdownTests {
  private static final String CSV =
      "timestamp,open,high,low,close,volume\n2024-01-02,100,105,99,104,1000000\n";

  @TempDir Path root;

  @Test
  void aRequestThatIsThereWhenTheShutdownBeginsIsStillWritten() throws Exception {
    CompletableFuture<HttpResponse<String>> response;
    try (var service = start(MarketDataApplication.class, HeldRequests.class)) {
      int port = service.getEnvironment().getRequiredProperty("local.server.port", int.class);
      response = new HttpService(port).putCsvAsync("/api/data/equities/daily/AAPL", CSV);
      service.getBean(HeldRequests.class).arrived.await();
    }
    assertThat(response.join().statusCode()).isEqualTo(201);
    try (Storage storage = FileSystemStorage.builder(root).build().blocking()) {
      assertThat(storage.read("equities/daily/AAPL").data().rowCount()).isEqualTo(1);
    }
  }

  private ConfigurableApplicationContext start(Class<?>... sources) {
    return new SpringApplicationBuilder(sources)
        .run("--server.port=0", "--market-data.demo=false", "--ml4t.storage.data-root=" + root);
  }

  /** Holds each request until the context begins to close. */
  @Configuration(proxyBeanMethods = false)
  static class HeldRequests {
    final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    @Bean
    Filter hold() {
      return (request, response, chain) -> {
        arrived.countDown();
        try {
          closing.await();
        } catch (InterruptedException e) {
          throw new java.io.InterruptedIOException();
        }
        chain.doFilter(request, response);
      };
    }

    @Bean
    ApplicationListener<ContextClosedEvent> release() {
      return event -> closing.countDown();
    }
  }
}
