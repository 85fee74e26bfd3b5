package io.ml4t.storage.io.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.io.parquet.ParquetFormat;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroParquetTests {
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  /** Tells when a file gets it loaded. */
  public static final class Trap {
    static {
      LOADED.set(true);
    }

    /** As a string would be turned into one. */
    public Trap(String text) {}
  }

  @TempDir Path folder;

  private static DataFrame bars() {
    return DataFrame.of(
            Bar.class,
            IntStream.range(0, 500)
                .mapToObj(
                    i -> new Bar(Instant.EPOCH.plusSeconds(i), i, i + 1, i - 1, i + 0.5, 1000))
                .toList())
        .withColumn("note", DataFrame.builder().strings("n", new String[500]).build().column("n"))
        .withColumn(
            "local",
            TimestampColumn.of(
                TimestampUnit.MILLIS, false, IntStream.range(0, 500).asLongStream().toArray()));
  }

  private Path write(FrameCodec codec, Map<String, String> keyValues) throws IOException {
    Path file = folder.resolve("ours.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (var buffer : codec.encode(bars(), keyValues).buffers()) {
        Channels.newChannel(out).write(buffer);
      }
    }
    return file;
  }

  @ParameterizedTest
  @EnumSource
  void readsOurFilesAsWeDo(Compression compression) throws IOException {
    Path file = write(FrameCodec.builder().compression(compression).build(), Map.of());
    assertThat(AvroParquet.read(file)).isEqualTo(bars());
  }

  @Test
  void loadsNoClassThatAFileNames() throws IOException {
    String trap =
        """
        {"type":"record","name":"AvroParquetTests$Trap","namespace":"io.ml4t.storage.io.avro","fields":[
          {"name":"note","type":["null",{"type":"string","java-class":"%s"}],"default":null}]}
        """
            .formatted(Trap.class.getName());
    Path file = write(FrameCodec.builder().build(), Map.of("parquet.avro.schema", trap));
    assertThat(AvroParquet.read(file)).isEqualTo(bars());
    assertThat(LOADED).isFalse();
  }

  @Test
  void tellsThatAFileIsBroken() throws IOException {
    Path file = write(FrameCodec.builder().build(), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> AvroParquet.read(file))
        .withMessageContaining("ours.parquet");
    Arrays.fill(bytes, 20, 60, (byte) 7);
    Files.write(file, bytes);
    assertThatExceptionOfType(CorruptDataException.class).isThrownBy(() -> AvroParquet.read(file));
  }

  @Test
  void recordsBecomeAFileThroughAFrame() throws IOException {
    DataFrame back = AvroFrames.frame(AvroFrames.records(bars()));
    Path file = folder.resolve("records.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      ParquetFormat.defaults()
          .write(new DataObject(back, Metadata.builder("a", "b", "c").build()), out);
    }
    List<Object> closes = new ArrayList<>();
    AvroParquet.forEach(file, record -> closes.add(record.get("close")));
    assertThat(closes).hasSize(500).startsWith(0.5, 1.5);
  }
}
