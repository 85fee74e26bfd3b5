package io.ml4t.samples.marketdata;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/** Starts the service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MarketDataApplication {

  /** Starts the service with arguments such as {@code --ml4t.storage.data-root=/srv/data}. */
  public static void main(String[] args) {
    SpringApplication.run(MarketDataApplication.class, args);
  }

  /** Lets a trace go on in what depends on a future of the store. */
  @Bean
  TaskDecorator contextPropagation() {
    return new ContextPropagatingTaskDecorator();
  }
}
