package io.ml4t.samples.migration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Migrates, and exits with 0 where every key is in the store then, else with 1. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MigrationApplication {

  /** Migrates with arguments such as {@code --migration.from=/srv/python-data}. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return SpringApplication.exit(SpringApplication.run(MigrationApplication.class, args));
  }
}
