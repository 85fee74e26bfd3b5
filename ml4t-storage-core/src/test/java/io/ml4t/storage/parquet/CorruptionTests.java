package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken files give a typed error, never another one and never wrong data. */
class CorruptionTests {
  private static final FrameCodec CODEC = FrameCodec.builder().build();
  private static final int MUTATIONS = Integer.getInteger("ml4t.storage.parquet.mutations", 3000);

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyFlippedBitIsFoundOrHarmless(Compression compression) {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    DataFrame frame = frame();
    byte[] file = FramesInMemory.bytes(codec.encode(frame, Map.of("key", "value")));
    int footer = footerStart(file);
    for (int bit = 0; bit < file.length * 8; bit++) {
      byte[] broken = file.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      DataFrame read = readOrRefuse(broken, "bit " + bit);
      // Pages have checksums; the footer has none, so a name or a unit in it may read differently.
      if (read != null && bit / 8 < footer) {
        assertThat(read).as("bit %d", bit).isEqualTo(frame);
      }
    }
  }

  @Test
  void everyTruncationIsCorrupt() {
    byte[] file = FramesInMemory.bytes(CODEC.encode(frame(), Map.of()));
    for (int length = 0; length < file.length; length++) {
      FrameSource source = FramesInMemory.source("cut.parquet", Arrays.copyOf(file, length));
      assertThatThrownBy(() -> CODEC.decode(source))
          .as("first %d bytes", length)
          .isInstanceOf(CorruptDataException.class)
          .hasMessageStartingWith("Cannot read cut.parquet: ");
    }
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void mutatedFilesOfOthersGiveNothingButTypedErrors(WriterVersion version) throws Exception {
    byte[] file =
        ParquetJavaFiles.write(
            MessageTypeParser.parseMessageType(
                "message m { required int64 a; optional double b; optional binary c (STRING); required boolean d; optional int96 e; optional int32 f; }"),
            100,
            (row, i) -> {
              row.add("a", i * 1000L);
              row.add("d", i % 2 == 0);
              if (i % 3 != 0) {
                row.add("b", i / 7.0);
                row.add("c", "text " + i % 10);
                row.add("f", i);
              }
            },
            builder ->
                builder
                    .withWriterVersion(version)
                    .withPageWriteChecksumEnabled(false)
                    .withPageRowCountLimit(30)
                    .withCompressionCodec(CompressionCodecName.SNAPPY));
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] broken = file.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        broken[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      readOrRefuse(broken, "mutation " + i + " of seed " + seed);
    }
  }

  @Test
  void claimsBeyondTheFileAreRefusedWithoutMakingRoomForThem() {
    DataFrame constant = DataFrame.builder().column("a", IntColumn.of(new int[100])).build();
    byte[] file = FramesInMemory.bytes(CODEC.encode(constant, Map.of()));
    // 100 rows, as the footer, the row group, the chunk, the page and its levels have them.
    byte[] claim = {(byte) 0xC8, 0x01};
    byte[] broken = file.clone();
    int found = 0;
    for (int i = 0; i + 1 < broken.length; i++) {
      if (broken[i] == claim[0] && broken[i + 1] == claim[1]) {
        broken[i] = (byte) 0xFE;
        broken[i + 1] = 0x7F;
        found++;
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
    readOrRefuse(broken, "claim");
  }

  @Test
  void anEncryptedFooterAndOtherFormatsAreNamed() {
    byte[] file = FramesInMemory.bytes(CODEC.encode(frame(), Map.of()));
    file[file.length - 1] = 'E';
    assertThatThrownBy(() -> CODEC.readFooter(FramesInMemory.source("e", file)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("Cannot read e: its footer is encrypted");
    byte[] text = "date,open,high,low,close\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CODEC.decode(FramesInMemory.source("a.csv", text)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage("Cannot read a.csv: it does not end as a Parquet file does");
  }

  /** The frame, or null where the file is refused as it should be. */
  private static @Nullable DataFrame readOrRefuse(byte[] file, String what) {
    try {
      return CODEC.decode(FramesInMemory.source("broken.parquet", file)).data();
    } catch (CorruptDataException | InvalidDataException expected) {
      assertThat(expected).hasMessageContaining("broken.parquet");
      return null;
    } catch (RuntimeException | Error e) {
      return fail(what, e);
    }
  }

  private static int footerStart(byte[] file) {
    int length =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - Footer.TAIL);
    return file.length - Footer.TAIL - length;
  }

  private static DataFrame frame() {
    int rows = 40;
    double[] noise = new double[rows];
    double[] few = new double[rows];
    long[] ticks = new long[rows];
    boolean[] nulls = new boolean[rows];
    float[] floats = new float[rows];
    boolean[] flags = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      noise[i] = Math.sqrt(i);
      few[i] = i % 3;
      ticks[i] = i * 60_000_000L;
      nulls[i] = i % 4 == 1;
      floats[i] = i / 3f;
      flags[i] = i % 5 == 0;
    }
    return DataFrame.builder()
        .column("t", TimestampColumn.of(TimestampUnit.MICROS, true, ticks))
        .column("noise", DoubleColumn.of(noise))
        .column("few", DoubleColumn.wrap(few, Validity.ofNulls(nulls)))
        .column("ratio", FloatColumn.of(floats))
        .column("flag", BooleanColumn.of(flags))
        .column("text", StringColumn.wrap(List.of("a", "b").toArray(new String[rows])))
        .build();
  }
}
