package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnPathTests {
  @Test
  void framesAreWrittenAndReadWithoutAClassOfHadoopOrParquetJava() throws Exception {
    List<URL> urls = new ArrayList<>();
    String[] entries = System.getProperty("java.class.path", "").split(File.pathSeparator, -1);
    for (String entry : entries) {
      if (!entry.contains("hadoop") && !entry.contains("org" + File.separator + "apache")) {
        urls.add(url(entry));
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Runnable roundTrip =
          (Runnable)
              loader.loadClass(RoundTrip.class.getName()).getDeclaredConstructor().newInstance();

      roundTrip.run();

      assertThat(roundTrip.getClass().getClassLoader()).isSameAs(loader);
    }
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }

  /** Run in a class loader of its own. */
  public static final class RoundTrip implements Runnable {
    @Override
    public void run() {
      for (Compression compression : Compression.values()) {
        new RoundTripTests().everyTypeComesBackBitForBit(compression);
      }
    }
  }
}
