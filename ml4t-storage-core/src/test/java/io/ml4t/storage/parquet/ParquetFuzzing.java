package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.regime.FuzzTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Parquet files: footers and pages. Most seeds have neither checksums nor compression, so that
 * mutations reach the decoders of all encodings.
 */
public final class ParquetFuzzing implements FuzzTarget<DataFrame> {
  private static final FrameCodec CODEC = FrameCodec.builder().build();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { required int64 a; optional double b; optional binary c (STRING);"
              + " required boolean d; optional int32 e; optional int96 f;"
              + " optional int64 g (TIMESTAMP(MICROS,true)); }");

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {true, false}) {
        seeds.add(theirs(version, dictionary, CompressionCodecName.UNCOMPRESSED));
      }
    }
    seeds.add(theirs(WriterVersion.PARQUET_1_0, true, CompressionCodecName.SNAPPY));
    seeds.add(theirs(WriterVersion.PARQUET_1_0, true, CompressionCodecName.GZIP));
    seeds.add(theirs(WriterVersion.PARQUET_2_0, true, CompressionCodecName.ZSTD));
    seeds.add(theirs(WriterVersion.PARQUET_2_0, true, CompressionCodecName.LZ4_RAW));
    seeds.add(FramesInMemory.bytes(CODEC.encode(Bars.daily(30, 100), Map.of("key", "value"))));
    return seeds;
  }

  private static byte[] theirs(
      WriterVersion version, boolean dictionary, CompressionCodecName compression)
      throws IOException {
    return ParquetJavaFiles.write(
        SCHEMA,
        60,
        (row, i) -> {
          row.add("a", i * 1000L);
          row.add("d", i % 2 == 0);
          if (i % 3 != 0) {
            row.add("b", dictionary ? i % 5 / 7.0 : i / 7.0);
            row.add("c", "text " + i % 10);
            row.add("e", i);
            row.add("g", i * 60_000_000L);
          }
        },
        builder ->
            builder
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding("b", !dictionary)
                .withPageWriteChecksumEnabled(false)
                .withPageRowCountLimit(40)
                .withCompressionCodec(compression));
  }

  @Override
  public DataFrame read(byte[] file) {
    return CODEC.decode(FramesInMemory.source("mutated", file)).data();
  }

  @Override
  public void check(DataFrame read) {
    FrameSource again = FramesInMemory.source("again", CODEC.encode(read, Map.of()));
    assertThat(CODEC.decode(again).data()).isEqualTo(read);
  }
}
