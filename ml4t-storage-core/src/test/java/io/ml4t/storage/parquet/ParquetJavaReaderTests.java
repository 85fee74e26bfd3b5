package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.LongColumn;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the bulk path does not know goes to parquet-java. */
class ParquetJavaReaderTests {
  /** The deprecated encoding of levels: bits, the highest first. */
  private static final int BIT_PACKED = 4;

  @Test
  void levelsInBitsAreRead() {
    Sink levels = new Sink();
    levels.put(0b1010_0000);
    Sink values = new Sink();
    values.putLong(7);
    values.putLong(-8);
    byte[] file = HandMadeFile.of(PhysicalType.INT64, 3, BIT_PACKED, levels, values);

    LongColumn column =
        FrameCodec.builder()
            .build()
            .decode(FramesInMemory.source("old.parquet", file))
            .data()
            .longs("c");

    assertThat(column.value(0)).isEqualTo(7);
    assertThat(column.value(1)).isNull();
    assertThat(column.value(2)).isEqualTo(-8);
  }

  @Test
  void aCodecThatNobodyHereKnowsIsNamed() {
    Sink levels = new Sink();
    RunLengthEncoder.repeat(1, 1, 1, levels);
    Sink values = new Sink();
    values.putLong(7);
    byte[] file = HandMadeFile.of(PhysicalType.INT64, 1, Encoding.RLE.id(), levels, values);
    // The codec is the field behind the column's path.
    int codec = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf("c\u0015") + 2;
    file[codec] = 2 * 4;

    assertThatThrownBy(
            () -> FrameCodec.builder().build().decode(FramesInMemory.source("b.parquet", file)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read b.parquet: it has compression codec 4, which is not supported; write it anew with zstd");
  }
}
