package io.ml4t.storage.benchmarks;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A web application with nothing of its own, which stops as soon as it has started. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WebApplication {
  /** Begins the line that tells how long the start took, in milliseconds from that of the JVM. */
  static final String READY = "READY ";

  /** Starts it; knows nothing of the store, which is or is not on the class path. */
  public static void main(String[] arguments) {
    ConfigurableApplicationContext context = SpringApplication.run(WebApplication.class, arguments);
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println(READY + (System.currentTimeMillis() - started));
    context.close();
  }
}
