package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.Validity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each encoding against parquet-java's writer of it, and against our own. */
class EncodingTests {
  private static final HeapByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();
  private final int[] scratch = new int[1024];

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 24, 25, 31, 32})
  void runsOfEveryWidthAreWrittenAndRead(int width) throws IOException {
    Random random = new Random(width);
    int mask = (int) ((1L << width) - 1);
    int[] values = new int[3001];
    for (int i = 0; i < values.length; i++) {
      boolean repeated = i / 50 % 3 == 0 && i > 0;
      values[i] = repeated ? values[i - 1] : random.nextInt() & mask;
    }
    Sink own = new Sink();
    RunLengthEncoder.encode(values, 0, values.length, width, own);
    assertThat(decodeRuns(bytes(own), width, values.length)).isEqualTo(values);

    try (RunLengthBitPackingHybridEncoder theirs =
        new RunLengthBitPackingHybridEncoder(width, 64, 10_000, HEAP)) {
      for (int value : values) {
        theirs.writeInt(value);
      }
      assertThat(decodeRuns(bytes(theirs.toBytes()), width, values.length)).isEqualTo(values);
    }
  }

  @Test
  void levelsOfRepetitionInAFlatColumnArePassedOver() {
    Sink repetition = new Sink();
    RunLengthEncoder.repeat(0, 2, 1, repetition);
    Sink levels = new Sink();
    RunLengthEncoder.repeat(1, 2, 1, levels);
    Sink values = new Sink();
    values.putLong(7);
    values.putLong(-8);
    byte[] file = HandMadeFile.repeated(PhysicalType.INT64, 2, repetition, levels, values);

    DataFrame frame =
        FrameCodec.builder().build().decode(FramesInMemory.source("go.parquet", file)).data();

    assertThat(frame.longs("c").toArray()).containsExactly(7, -8);
  }

  @Test
  void runsAreReadInPiecesOfAnySize() {
    int[] values = IntStream.range(0, 1000).map(i -> i % 90 < 30 ? 5 : i * 31 % 32).toArray();
    Sink sink = new Sink();
    RunLengthEncoder.encode(values, 0, values.length, 5, sink);
    RunLengthDecoder runs = new RunLengthDecoder(bytes(sink), 5);
    int[] read = new int[values.length];
    for (int from = 0, n = 1; from < read.length; from += n, n = n % 13 + 1) {
      n = Math.min(n, read.length - from);
      runs.read(read, from, n);
    }
    assertThat(read).isEqualTo(values);
  }

  @Test
  void runsThatEndTooSoonAreFoundBeforeTheyAreRead() {
    Sink sink = new Sink();
    RunLengthEncoder.repeat(3, 100, 4, sink);
    RunLengthDecoder runs = new RunLengthDecoder(bytes(sink), 4);

    runs.require(100);
    assertThatThrownBy(() -> runs.require(101)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 128, 129, 130, 257, 1000})
  void deltasAreWrittenAndRead(int count) throws IOException {
    Random random = new Random(count);
    for (int bits = 0; bits < 64; bits += 3) {
      int shift = bits;
      long[] longs = random.longs(count).map(v -> v >>> shift).toArray();
      int[] ints = random.ints(count).map(v -> v >>> (shift / 2)).toArray();
      Sink sink = new Sink();
      DeltaBinaryPackedEncoder.encode(longs, 0, count, 8, sink);
      assertThat(decodeLongs(bytes(sink), count)).isEqualTo(longs);
      sink.clear();
      DeltaBinaryPackedEncoder.encode(
          IntStream.of(ints).asLongStream().toArray(), 0, count, 4, sink);
      assertThat(decodeInts(bytes(sink), count)).isEqualTo(ints);

      try (ValuesWriter theirs = new DeltaBinaryPackingValuesWriterForLong(64, 10_000, HEAP)) {
        for (long value : longs) {
          theirs.writeLong(value);
        }
        assertThat(decodeLongs(bytes(theirs.getBytes()), count)).isEqualTo(longs);
      }
      try (ValuesWriter theirs = new DeltaBinaryPackingValuesWriterForInteger(64, 10_000, HEAP)) {
        for (int value : ints) {
          theirs.writeInteger(value);
        }
        assertThat(decodeInts(bytes(theirs.getBytes()), count)).isEqualTo(ints);
      }
    }
  }

  @Test
  void textInDeltasIsRead() throws IOException {
    String[] texts =
        IntStream.range(0, 700)
            .mapToObj(i -> "é".repeat(i % 4) + "common-" + i / 3)
            .toArray(String[]::new);
    try (ValuesWriter lengths = new DeltaLengthByteArrayValuesWriter(64, 10_000, HEAP);
        ValuesWriter prefixes = new DeltaByteArrayWriter(64, 10_000, HEAP)) {
      for (String text : texts) {
        lengths.writeBytes(Binary.fromString(text));
        prefixes.writeBytes(Binary.fromString(text));
      }
      assertThat(decodeTexts(new DeltaLengthDecoder(bytes(lengths.getBytes())), texts.length))
          .isEqualTo(texts);
      assertThat(decodeTexts(new DeltaByteArrayDecoder(bytes(prefixes.getBytes())), texts.length))
          .isEqualTo(texts);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 64, 1001})
  void splitBytesAreWrittenAndRead(int count) {
    long[] values = new Random(count).longs(count).toArray();
    Sink sink = new Sink();
    ByteStreamSplit.encode(values, 0, count, 8, sink);
    if (count > 0) {
      assertThat(sink.array()[count]).isEqualTo((byte) (values[0] >>> 8));
    }
    double[] doubles = new double[count];
    long[] longs = new long[count];
    new ByteStreamSplit.Decoder(bytes(sink), 8).decode(doubles, 0, count);
    new ByteStreamSplit.Decoder(bytes(sink), 8).decode(longs, 0, count);
    for (int i = 0; i < count; i++) {
      assertThat(Double.doubleToRawLongBits(doubles[i])).isEqualTo(values[i]);
    }
    assertThat(longs).isEqualTo(values);
  }

  @Test
  void booleansInRunsAreRead() {
    int[] bits = IntStream.range(0, 5000).map(i -> i % 77 < 40 ? 1 : i & 1).toArray();
    Sink runs = new Sink();
    RunLengthEncoder.encode(bits, 0, bits.length, 1, runs);
    Sink page = new Sink();
    page.putInt(runs.size());
    page.put(runs.array(), 0, runs.size());
    boolean[] read = new boolean[bits.length];
    RunLengthBooleanDecoder decoder = new RunLengthBooleanDecoder(bytes(page), scratch);
    decoder.require(bits.length);
    decoder.decode(read, 0, bits.length);
    for (int i = 0; i < bits.length; i++) {
      assertThat(read[i]).isEqualTo(bits[i] == 1);
    }
  }

  @Test
  void everyColumnGetsTheEncodingThatItsDataAsksFor() throws IOException {
    int rows = 20_000;
    Random random = new Random(5);
    long[] steady = new long[rows];
    long[] rounded = new long[rows];
    long[] noise = new long[rows];
    long[] wild = new long[rows];
    for (int i = 0; i < rows; i++) {
      steady[i] = i * 60_000_000L;
      rounded[i] = Double.doubleToRawLongBits(random.nextInt(500) / 100.0);
      noise[i] = Double.doubleToRawLongBits(100 + random.nextGaussian());
      wild[i] = random.nextLong();
    }
    assertThat(choice(ColumnType.TIMESTAMP, steady)).isEqualTo(Encoding.DELTA_BINARY_PACKED);
    assertThat(choice(ColumnType.DOUBLE, rounded)).isEqualTo(Encoding.RLE_DICTIONARY);
    assertThat(choice(ColumnType.DOUBLE, noise)).isEqualTo(Encoding.BYTE_STREAM_SPLIT);
    assertThat(choice(ColumnType.DOUBLE, noise, false)).isEqualTo(Encoding.PLAIN);
    assertThat(choice(ColumnType.LONG, wild)).isEqualTo(Encoding.PLAIN);
    assertThat(choice(ColumnType.LONG, new long[rows]))
        .isIn(Encoding.RLE_DICTIONARY, Encoding.DELTA_BINARY_PACKED);
  }

  @Test
  void aPageOfNullsHasWhatItsEncodingBeginsWith() throws IOException {
    int rows = ChunkWriter.PAGE_ROWS;
    boolean[] nulls = new boolean[2 * rows];
    Arrays.fill(nulls, rows, nulls.length, true);
    long[] steady = LongStream.range(0, nulls.length).toArray();
    String[] few = new String[nulls.length];
    Arrays.setAll(few, row -> nulls[row] ? null : "venue " + row % 7);
    DataFrame frame =
        DataFrame.builder()
            .column("delta", LongColumn.wrap(steady, Validity.ofNulls(nulls)))
            .column("dictionary", StringColumn.wrap(few))
            .build();
    FrameSource file =
        FramesInMemory.source("f", FrameCodec.builder().build().encode(frame, Map.of()));

    List<PageHeader> delta = pages(file, 0);
    List<PageHeader> dictionary = pages(file, 1);

    assertThat(delta.get(1).encoding).isEqualTo(Encoding.DELTA_BINARY_PACKED.id());
    assertThat(delta.get(1).uncompressedSize).isGreaterThan(delta.get(1).levelBytes);
    assertThat(dictionary.get(2).encoding).isEqualTo(Encoding.RLE_DICTIONARY.id());
    assertThat(dictionary.get(2).uncompressedSize).isGreaterThan(dictionary.get(2).levelBytes);
  }

  /** The headers of the pages of a column in the first row group. */
  private static List<PageHeader> pages(FrameSource file, int column) throws IOException {
    ChunkMetadata chunk = Footer.read(Footer.bytes(file)).rowGroups().get(0).chunks().get(column);
    ByteBuffer bytes = file.read(chunk.offset(), (int) chunk.length());
    List<PageHeader> headers = new ArrayList<>();
    while (bytes.hasRemaining()) {
      PageHeader header = PageHeader.read(new ThriftReader(bytes));
      headers.add(header);
      bytes.position(bytes.position() + header.compressedSize);
    }
    return headers;
  }

  private static Encoding choice(ColumnType type, long[] bits) throws IOException {
    return choice(type, bits, true);
  }

  private static Encoding choice(ColumnType type, long[] bits, boolean split) throws IOException {
    PageCompressor compressor = new PageCompressor(Compression.ZSTD, 3);
    try (Scratch scratch = Scratch.borrow()) {
      return new EncodingChooser(new WriteSettings(compressor, split), scratch)
          .choose(new ColumnValues(type, 8, bits, new String[0], bits.length))
          .encoding();
    }
  }

  private static int[] decodeRuns(Bytes bytes, int width, int count) {
    RunLengthDecoder runs = new RunLengthDecoder(bytes, width);
    runs.require(count);
    int[] read = new int[count];
    runs.read(read, 0, count);
    return read;
  }

  private static long[] decodeLongs(Bytes bytes, int count) {
    DeltaBinaryPackedDecoder decoder = new DeltaBinaryPackedDecoder(bytes);
    decoder.require(count);
    long[] read = new long[count];
    decoder.decode(read, 0, count);
    return read;
  }

  private static int[] decodeInts(Bytes bytes, int count) {
    DeltaBinaryPackedDecoder decoder = new DeltaBinaryPackedDecoder(bytes);
    decoder.require(count);
    int[] read = new int[count];
    decoder.decode(read, 0, count);
    return read;
  }

  private static String[] decodeTexts(ValueDecoder decoder, int count) {
    decoder.require(count);
    String[] read = new String[count];
    decoder.decode(read, 0, count);
    return read;
  }

  private static Bytes bytes(Sink sink) {
    return new Bytes(sink.array(), 0, sink.size());
  }

  private static Bytes bytes(org.apache.parquet.bytes.BytesInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    input.writeAllTo(out);
    return new Bytes(out.toByteArray(), 0, out.size());
  }
}
