package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FrameCodecTests {
  private static final FrameCodec CODEC = FrameCodec.builder().build();

  @Test
  void theSameFrameGivesTheSameBytesHoweverManyThreadsHelp() throws Exception {
    DataFrame frame = frame(120_000);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    FrameCodec parallel = FrameCodec.builder().executor(executor).build();
    try {
      byte[] alone = FramesInMemory.bytes(CODEC.encode(frame, Map.of("k", "v")));

      assertThat(FramesInMemory.bytes(parallel.encode(frame, Map.of("k", "v")))).isEqualTo(alone);
      assertThat(parallel.decode(FramesInMemory.source("f", alone)).data()).isEqualTo(frame);
    } finally {
      executor.shutdown();
      assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void inPartsTheFileIsTheSameAsOftenAsItIsAskedForAndOneRowGroupServesTheNext() throws Exception {
    DataFrame frame = frame(2 * FrameCodec.ROW_GROUP_ROWS + 1);
    byte[] whole = FramesInMemory.bytes(CODEC.encode(frame, Map.of("k", "v")));
    Iterable<ByteBuffer> parts = CODEC.encodeInParts(frame, Map.of("k", "v"));

    for (int time = 0; time < 2; time++) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      Set<ByteBuffer> memory = Collections.newSetFromMap(new IdentityHashMap<>());
      for (ByteBuffer part : parts) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        joined.write(bytes);
        memory.add(part);
      }

      assertThat(joined.toByteArray()).isEqualTo(whole);
      assertThat(memory.stream().mapToLong(ByteBuffer::capacity).sum())
          .isLessThan(whole.length * 2L / 3);
    }
  }

  @Test
  void onlyLargeFramesAskTheExecutorForHelp() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
    AtomicInteger asked = new AtomicInteger();
    FrameCodec codec = FrameCodec.builder().executor(task -> asked.incrementAndGet()).build();

    FrameSource small = FramesInMemory.source("s", codec.encode(frame(252), Map.of()));
    codec.decode(small);
    assertThat(asked).hasValue(0);

    FrameSource large = FramesInMemory.source("l", codec.encode(frame(120_000), Map.of()));
    int whenWritten = asked.get();
    assertThat(whenWritten).isPositive();
    codec.decode(large);
    assertThat(asked.get()).isGreaterThan(whenWritten);
  }

  @Test
  void theLevelOfZstdIsThatAskedFor() {
    DataFrame frame = frame(120_000);
    FrameCodec fast = FrameCodec.builder().compressionLevel(-50).build();
    FrameCodec dense = FrameCodec.builder().compressionLevel(19).build();

    assertThat(dense.encode(frame, Map.of()).length())
        .isLessThan(fast.encode(frame, Map.of()).length());
  }

  @Test
  void aThreadOfTheExecutorMayItselfEncodeAndDecode() throws Exception {
    DataFrame frame = frame(120_000);
    ExecutorService executor = Executors.newFixedThreadPool(1);
    FrameCodec codec = FrameCodec.builder().executor(executor).build();
    try {
      DataFrame back =
          executor.submit(() -> RoundTripTests.roundTrip(codec, frame, Map.of()).data()).get();

      assertThat(back).isEqualTo(frame);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void anExecutorThatRefusesLeavesTheWorkToTheCaller() {
    FrameCodec codec =
        FrameCodec.builder()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build();
    DataFrame frame = frame(120_000);

    assertThat(RoundTripTests.roundTrip(codec, frame, Map.of()).data()).isEqualTo(frame);
  }

  @Test
  void columnsComeInTheOrderAskedFor() {
    FrameSource source = FramesInMemory.source("f", CODEC.encode(frame(100), Map.of()));

    DataFrame two = CODEC.decode(source, List.of("noise", "timestamp")).data();

    assertThat(two).isEqualTo(frame(100).select(List.of("noise", "timestamp")));
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatExist() {
    FrameSource source = FramesInMemory.source("f.parquet", CODEC.encode(frame(3), Map.of()));

    assertThatThrownBy(() -> CODEC.decode(source, List.of("close")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read column 'close' of f.parquet: the file has [timestamp, price, noise, volume, text]");
  }

  @Test
  void ofALargeFileOnlyTheColumnsAskedForAreRead() {
    Counting source = new Counting(FramesInMemory.bytes(CODEC.encode(frame(120_000), Map.of())));

    CODEC.decode(source, List.of("timestamp"));

    assertThat(source.bytes).isLessThan(source.length() / 4);
    source.bytes = 0;
    assertThat(CODEC.readFooter(source).rows()).isEqualTo(120_000);
    assertThat(source.bytes).isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void aSmallFileIsReadOnce() {
    Counting source = new Counting(FramesInMemory.bytes(CODEC.encode(frame(252), Map.of())));

    CODEC.decode(source);

    assertThat(source.reads).isEqualTo(1);
  }

  @Test
  void theFooterTellsRowsColumnsAndKeyValues() {
    FrameSource source = FramesInMemory.source("f", CODEC.encode(frame(7), Map.of("a", "1")));

    FrameFooter footer = CODEC.readFooter(source);

    assertThat(footer.rows()).isEqualTo(7);
    assertThat(footer.columns())
        .containsExactly(
            Map.entry("timestamp", ColumnType.TIMESTAMP),
            Map.entry("price", ColumnType.DOUBLE),
            Map.entry("noise", ColumnType.DOUBLE),
            Map.entry("volume", ColumnType.LONG),
            Map.entry("text", ColumnType.STRING));
    assertThat(footer.keyValues()).containsEntry("a", "1").containsKey("parquet.avro.schema");
  }

  @Test
  void keyValuesAreAddedAndReplacedWithoutTouchingThePages() {
    byte[] file = FramesInMemory.bytes(CODEC.encode(frame(500), Map.of("a", "1", "b", "2")));
    FrameSource source = FramesInMemory.source("f", file);

    byte[] changed = FramesInMemory.bytes(CODEC.withKeyValues(source, Map.of("b", "3", "c", "4")));

    DecodedFrame back = CODEC.decode(FramesInMemory.source("g", changed));
    assertThat(back.data()).isEqualTo(frame(500));
    assertThat(back.keyValues())
        .containsEntry("a", "1")
        .containsEntry("b", "3")
        .containsEntry("c", "4");
    assertThat(
            FramesInMemory.bytes(
                CODEC.withKeyValues(FramesInMemory.source("g", changed), Map.of("b", "2"))))
        .startsWith(java.util.Arrays.copyOf(file, 2000));
  }

  @Test
  void frameWithoutRowsOrWithoutColumnsComesBack() {
    DataFrame none = DataFrame.of(Map.of());

    assertThat(RoundTripTests.roundTrip(CODEC, frame(0), Map.of()).data()).isEqualTo(frame(0));
    assertThat(RoundTripTests.roundTrip(CODEC, none, Map.of()).data()).isEqualTo(none);
  }

  @Test
  void textThatIsNotUnicodeIsRefused() {
    DataFrame frame = DataFrame.builder().column("s", StringColumn.of("ok", "\uD800")).build();

    assertThatThrownBy(() -> CODEC.encode(frame, Map.of()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("Cannot write column 's': the text in row 1 is not valid Unicode");
  }

  @Test
  void aSourceThatFailsIsNotCalledCorrupt() {
    FrameSource failing =
        new FrameSource() {
          @Override
          public String name() {
            return "f.parquet";
          }

          @Override
          public long length() {
            return 1000;
          }

          @Override
          public ByteBuffer read(long offset, int length) throws IOException {
            throw new IOException("disk on fire");
          }
        };

    assertThatThrownBy(() -> CODEC.decode(failing))
        .isExactlyInstanceOf(StorageException.class)
        .hasMessage("Cannot read f.parquet: disk on fire");
  }

  @Test
  void directAndReadOnlyBuffersAreRead() {
    byte[] file = FramesInMemory.bytes(CODEC.encode(frame(3000), Map.of()));
    ByteBuffer direct =
        ByteBuffer.allocateDirect(file.length + 7).position(7).put(file).position(7);

    assertThat(CODEC.decode(FrameSource.ofBytes("d", direct)).data()).isEqualTo(frame(3000));
    assertThat(
            CODEC.decode(FrameSource.ofBytes("r", ByteBuffer.wrap(file).asReadOnlyBuffer())).data())
        .isEqualTo(frame(3000));
  }

  @Test
  void aLevelThatZstdDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameCodec.builder().compressionLevel(23))
        .withMessage("Cannot use compression level 23: zstd has -100 to 22");
  }

  /** Counts what is read. */
  private static final class Counting implements FrameSource {
    private final FrameSource file;
    private int reads;
    private long bytes;

    Counting(byte[] file) {
      this.file = FramesInMemory.source("counted", file);
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
      reads++;
      bytes += length;
      return file.read(offset, length);
    }
  }

  private static DataFrame frame(int rows) {
    Random random = new Random(11);
    long[] time = new long[rows];
    double[] price = new double[rows];
    double[] noise = new double[rows];
    long[] volume = new long[rows];
    List<String> text = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      time[i] = 1_700_000_000_000_000L + i * 60_000_000L;
      noise[i] = 100 + random.nextGaussian();
      price[i] = Math.rint(noise[i] * 100) / 100;
      volume[i] = random.nextInt(1 << 20);
      text.add(i % 11 == 0 ? null : "venue-" + i % 5);
    }
    return DataFrame.builder()
        .column("timestamp", TimestampColumn.of(TimestampUnit.MICROS, true, time))
        .column("price", DoubleColumn.of(price))
        .column("noise", DoubleColumn.of(noise))
        .column("volume", LongColumn.of(volume))
        .column("text", StringColumn.of(text.toArray(new String[0])))
        .build();
  }
}
