package io.ml4t.storage.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.ml4t.storage.autoconfigure.event.CommitEvent;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/** An application to process ahead of time, and to start from what that has made. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AheadOfTimeApplication {
  private final BlockingQueue<String> committed = new LinkedBlockingQueue<>();

  @EventListener
  void on(CommitEvent event) {
    committed.add(event.store());
  }

  /** Starts it. */
  public static void main(String[] args) {
    start(args);
  }

  /** Starts it, writes into each of its stores, and tells what Actuator and events say of each. */
  public static String[] whatIsSeen(String... args) throws InterruptedException {
    try (ConfigurableApplicationContext context = start(args)) {
      Map<String, FileSystemStorage> stores = StoreNames.storesOf(context);
      HealthEndpoint health = context.getBean(HealthEndpoint.class);
      MeterRegistry meters = context.getBean(MeterRegistry.class);
      List<String> seen = new ArrayList<>();
      stores.forEach(
          (name, store) -> {
            store.write(StorageFixtures.bar("AAPL")).join();
            String[] path = {"ml4tStorage", name};
            String status =
                health
                    .healthForPath(stores.size() == 1 ? new String[] {"ml4tStorage"} : path)
                    .getStatus()
                    .getCode();
            double keys = meters.get("ml4t.storage.keys").tag("store", name).gauge().value();
            seen.add("%s is %s and has %.0f key".formatted(name, status, keys));
          });
      for (int i = 0; i < stores.size(); i++) {
        seen.add(
            context.getBean(AheadOfTimeApplication.class).committed.poll(30, TimeUnit.SECONDS)
                + " made a commit");
      }
      return seen.toArray(String[]::new);
    }
  }

  private static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(AheadOfTimeApplication.class)
        .main(AheadOfTimeApplication.class)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off", "ml4t.storage.events.commits=true")
        .run(args);
  }
}
