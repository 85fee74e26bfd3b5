package io.ml4t.samples.marketdata.load;

import io.ml4t.samples.marketdata.MarketDataProperties;
import io.ml4t.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Imports the configured folder, or else gives an empty store something to show. */
@Component
class StartupLoad implements ApplicationRunner {
  private final MarketDataProperties properties;
  private final Storage storage;

  StartupLoad(MarketDataProperties properties, Storage storage) {
    this.properties = properties;
    this.storage = storage;
  }

  @Override
  public void run(ApplicationArguments arguments) throws IOException {
    if (properties.importDir() != null) {
      new CsvImport(storage, properties.assetClass(), properties.frequency())
          .run(Path.of(properties.importDir()));
    } else if (properties.demo() && storage.listKeys().isEmpty()) {
      DemoUniverse.write(storage);
    }
  }
}
