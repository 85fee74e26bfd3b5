package io.ml4t.storage.autoconfigure;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with nothing of its own, to start in a class loader. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MinimalApplication {

  /** Starts and stops the application, and tells which beans it had. */
  public static String[] beanNames(String... properties) {
    try (ConfigurableApplicationContext context =
        builder(properties).properties("management.endpoints.web.exposure.include=*").run()) {
      return context.getBeanDefinitionNames();
    }
  }

  /** Starts the application. */
  public static ConfigurableApplicationContext start(String... properties) {
    return builder(properties).run();
  }

  static SpringApplicationBuilder builder(String... properties) {
    return new SpringApplicationBuilder(MinimalApplication.class)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off")
        .properties(properties);
  }
}
