package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that parquet-java writes read the same here as with parquet-java itself. */
class ParquetJavaTests {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message rows {
            required int64 timestamp (TIMESTAMP(MICROS,true));
            optional int64 local (TIMESTAMP(NANOS,false));
            required int64 legacy (TIMESTAMP_MILLIS);
            optional int96 impala;
            optional int32 day (DATE);
            required double price;
            optional double gaps;
            optional float ratio;
            required int64 volume;
            optional int64 big (INTEGER(64,false));
            optional int32 count;
            required int32 small (INTEGER(8,true));
            required int32 word (INTEGER(32,false));
            optional boolean flag;
            required boolean sure;
            optional binary name (STRING);
            required binary kind (ENUM);
            optional binary raw;
            optional fixed_len_byte_array(2) half (FLOAT16);
            optional double never;
          }
          """);

  static Stream<Arguments> writers() {
    List<Arguments> all = new ArrayList<>();
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {true, false}) {
        for (boolean split : new boolean[] {true, false}) {
          all.add(
              Arguments.of(version, dictionary, split, CompressionCodecName.UNCOMPRESSED, 3000));
        }
      }
      for (CompressionCodecName codec :
          List.of(
              CompressionCodecName.SNAPPY,
              CompressionCodecName.GZIP,
              CompressionCodecName.ZSTD,
              CompressionCodecName.LZ4_RAW)) {
        all.add(Arguments.of(version, true, false, codec, 1000));
      }
      all.add(Arguments.of(version, true, false, CompressionCodecName.UNCOMPRESSED, 0));
      all.add(Arguments.of(version, true, false, CompressionCodecName.UNCOMPRESSED, 1));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void bothReadersAgree(
      WriterVersion version,
      boolean dictionary,
      boolean split,
      CompressionCodecName codec,
      int rows)
      throws IOException {
    long seed = 20260301L + rows;
    Random random = new Random(seed);
    byte[] file =
        ParquetJavaFiles.write(
            SCHEMA,
            rows,
            (group, i) -> fill(group, i, random),
            builder ->
                builder
                    .withWriterVersion(version)
                    .withDictionaryEncoding(dictionary)
                    .withByteStreamSplitEncoding(split)
                    .withCompressionCodec(codec)
                    // Small enough that a dictionary overflows and plain pages follow.
                    .withDictionaryPageSize(2000)
                    .withPageRowCountLimit(300)
                    .withRowGroupRowCountLimit(1100));
    FrameSource source = FramesInMemory.source("java.parquet", file);

    DataFrame ours = FrameCodec.builder().build().decode(source).data();

    assertThat(ours.rowCount()).isEqualTo(rows);
    for (ColumnSpec spec : SchemaReader.select("java.parquet", schema(source), List.of())) {
      Column theirs = ParquetJavaReader.read(source, spec, rows, file.length);
      assertThat(ours.column(spec.name())).as(spec.name() + ", seed " + seed).isEqualTo(theirs);
    }
  }

  private static List<SchemaElement> schema(FrameSource source) throws IOException {
    return Footer.read(Footer.bytes(source)).schema();
  }

  private static void fill(Group row, int i, Random random) {
    row.add("timestamp", 1_700_000_000_000_000L + i * 60_000_000L);
    row.add("legacy", i < 10 ? -i * 86_400_000L : random.nextLong() / 1000);
    row.add("price", random.nextInt(20) == 0 ? Double.NaN : random.nextInt(90_000) / 100.0);
    row.add("volume", random.nextLong());
    row.add("small", random.nextInt(256) - 128);
    row.add("word", random.nextInt());
    row.add("sure", random.nextInt(100) < 97);
    row.add("kind", random.nextBoolean() ? "buy" : "sell");
    if (random.nextInt(4) > 0) {
      row.add("local", random.nextLong());
      row.add("impala", new NanoTime(2_440_588 + random.nextInt(9000), random.nextInt()));
      row.add("day", random.nextInt(40_000) - 20_000);
      row.add("gaps", random.nextGaussian());
    }
    if (i % 700 > 400) {
      row.add("ratio", random.nextFloat());
      row.add("count", i / 50);
      row.add("flag", random.nextBoolean());
      row.add("name", i % 3 == 0 ? "prefix-" + i : "text-é-" + random.nextInt(1000));
      row.add("raw", "😀".repeat(i % 5));
    }
    if (random.nextBoolean()) {
      row.add("big", random.nextLong() >>> 1);
      row.add("half", Binary.fromConstantByteArray(new byte[] {(byte) i, (byte) (i % 120)}));
    }
  }

  @ParameterizedTest
  @MethodSource("writers")
  void ourFilesReadTheSameWithParquetJava(
      WriterVersion version,
      boolean dictionary,
      boolean split,
      CompressionCodecName codec,
      int rows)
      throws IOException {
    Random random = new Random(rows);
    byte[] file =
        ParquetJavaFiles.write(
            SCHEMA,
            rows,
            (group, i) -> fill(group, i, random),
            builder -> builder.withWriterVersion(version));
    FrameCodec encoder =
        FrameCodec.builder().compression(Compression.valueOf(codec.name())).build();
    DataFrame frame = encoder.decode(FramesInMemory.source("java.parquet", file)).data();
    FrameSource ours = FramesInMemory.source("ours.parquet", encoder.encode(frame, Map.of()));

    for (ColumnSpec spec : SchemaReader.select("ours.parquet", schema(ours), List.of())) {
      Column theirs = ParquetJavaReader.read(ours, spec, rows, ours.length());
      assertThat(theirs).as(spec.name()).isEqualTo(frame.column(spec.name()));
    }
  }
}
