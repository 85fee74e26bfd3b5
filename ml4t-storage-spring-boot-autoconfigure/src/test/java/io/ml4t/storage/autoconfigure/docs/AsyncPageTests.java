package io.ml4t.storage.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextSnapshotFactory;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** The examples of the page on calling the store by the thousand. */
class AsyncPageTests {
  @TempDir Path root;

  @Test
  void aLockGuardsWhatIsReadAndWritten() {
    try (FileSystemStorage storage = decorated()) {
      StorageKey key = storage.write(StorageFixtures.bar("AAPL")).join();
      change(storage, key).join();
      assertThat(storage.read(key).join().metadata().attributes()).containsEntry("revised", "yes");
    }
  }

  private FileSystemStorage decorated() {
    return FileSystemStorage.builder(root)
        .taskDecorator(task -> ContextSnapshotFactory.builder().build().captureAll().wrap(task))
        .build();
  }

  private static CompletableFuture<Version> change(AsyncStorage storage, StorageKey key) {
    return storage.withLock(key, locked -> locked.write(revise(locked.read())));
  }

  private static DataObject revise(DataObject object) {
    return new DataObject(
        object.data(), object.metadata().toBuilder().attributes(Map.of("revised", "yes")).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bars", "/frames"})
  void aStreamIsABodyOfWebFlux(String path) {
    try (FileSystemStorage storage = FileSystemStorage.builder(root).build()) {
      storage.writeAll(List.of(StorageFixtures.bar("AAPL"), StorageFixtures.bar("MSFT"))).join();
      WebTestClient.bindToController(new Bars(storage))
          .httpMessageCodecs(codecs -> codecs.customCodecs().register(new SymbolEncoder()))
          .build()
          .get()
          .uri(path + "?symbols=AAPL,MSFT")
          .exchange()
          .expectStatus()
          .isOk()
          .expectBody(String.class)
          .isEqualTo("AAPL:1\nMSFT:1\n");
    }
  }

  @RestController
  static class Bars {
    private final AsyncStorage storage;

    Bars(AsyncStorage storage) {
      this.storage = storage;
    }

    @GetMapping("/bars")
    Flux<BarsDto> bars(@RequestParam List<String> symbols) {
      return JdkFlowAdapter.flowPublisherToFlux(storage.stream(keys(symbols))).map(BarsDto::of);
    }

    @GetMapping("/frames")
    Flow.Publisher<DataObject> frames(@RequestParam List<String> symbols) {
      return storage.stream(keys(symbols));
    }

    private static List<StorageKey> keys(List<String> symbols) {
      return symbols.stream().map(symbol -> StorageKey.of("equities", "daily", symbol)).toList();
    }
  }

  record BarsDto(String symbol, int rows) {
    static BarsDto of(DataObject object) {
      return new BarsDto(object.key().symbol(), object.data().rowCount());
    }
  }

  /** Writes a line for each frame. */
  static class SymbolEncoder extends AbstractEncoder<Object> {
    SymbolEncoder() {
      super(MimeTypeUtils.TEXT_PLAIN);
    }

    @Override
    public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
      return type.resolve() == BarsDto.class || type.resolve() == DataObject.class;
    }

    @Override
    public Flux<DataBuffer> encode(
        Publisher<?> frames,
        DataBufferFactory buffers,
        ResolvableType type,
        @Nullable MimeType mimeType,
        @Nullable Map<String, Object> hints) {
      return Flux.from(frames)
          .map(frame -> frame instanceof DataObject object ? BarsDto.of(object) : (BarsDto) frame)
          .map(bars -> bars.symbol() + ":" + bars.rows() + "\n")
          .map(line -> buffers.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
