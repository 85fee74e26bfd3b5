package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.Validity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.junit.jupiter.api.Test;

/** The statistics and indexes of our files, as parquet-java understands them. */
class StatisticsTests {
  @Test
  void numbersHaveTheirBoundsAndNulls() throws IOException {
    Statistics<?> longs =
        statistics(
            LongColumn.wrap(
                new long[] {5, Long.MIN_VALUE, 9, 3},
                Validity.ofNulls(new boolean[] {false, true, false, false})));

    assertThat(longs.genericGetMin()).isEqualTo(3L);
    assertThat(longs.genericGetMax()).isEqualTo(9L);
    assertThat(longs.getNumNulls()).isEqualTo(1);
    Statistics<?> ints = statistics(IntColumn.of(-7, Integer.MAX_VALUE, 0));
    assertThat(ints.genericGetMin()).isEqualTo(-7);
    assertThat(ints.genericGetMax()).isEqualTo(Integer.MAX_VALUE);
    Statistics<?> doubles = statistics(DoubleColumn.of(-1.5, Double.NEGATIVE_INFINITY, 2));
    assertThat(doubles.genericGetMin()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(doubles.genericGetMax()).isEqualTo(2.0);
  }

  @Test
  void aNaNLeavesNoBounds() throws IOException {
    assertThat(statistics(DoubleColumn.of(1, Double.NaN, 3)).hasNonNullValue()).isFalse();
    assertThat(statistics(FloatColumn.of(-Float.NaN, 1)).hasNonNullValue()).isFalse();
    assertThat(statistics(FloatColumn.of(Float.intBitsToFloat(0xFFC00001), 1)).hasNonNullValue())
        .isFalse();
  }

  @Test
  void zerosHaveBothSigns() throws IOException {
    Statistics<?> doubles = statistics(DoubleColumn.of(0.0, 0.0));
    assertThat(doubles.genericGetMin()).isEqualTo(-0.0);
    assertThat(doubles.genericGetMax()).isEqualTo(0.0);
    assertThat(Arrays.equals(doubles.getMinBytes(), new byte[] {0, 0, 0, 0, 0, 0, 0, -128}))
        .isTrue();
    Statistics<?> floats = statistics(FloatColumn.of(-0f));
    assertThat(Arrays.equals(floats.getMinBytes(), new byte[] {0, 0, 0, -128})).isTrue();
    assertThat(Arrays.equals(floats.getMaxBytes(), new byte[4])).isTrue();
  }

  @Test
  void textComparesByItsBytes() throws IOException {
    // In UTF-16 the emoji would come before the full-width letter.
    Statistics<?> texts = statistics(StringColumn.of("ｚ", "😀", "b", null));

    assertThat(texts.minAsString()).isEqualTo("b");
    assertThat(texts.maxAsString()).isEqualTo("😀");
    assertThat(statistics(StringColumn.of("a", "x".repeat(65))).hasNonNullValue()).isFalse();
  }

  @Test
  void aColumnOfNullsHasTheirNumberOnly() throws IOException {
    Statistics<?> none =
        statistics(DoubleColumn.wrap(new double[2], Validity.ofNulls(new boolean[] {true, true})));

    assertThat(none.getNumNulls()).isEqualTo(2);
    assertThat(none.hasNonNullValue()).isFalse();
  }

  @Test
  void theIndexesLeadToEveryPage() throws IOException {
    int rows = 150_000;
    LongColumn column = LongColumn.of(LongStream.range(0, rows).toArray());
    FrameSource source = source(column);
    try (ParquetFileReader reader = open(source)) {
      ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().get(0);
      ColumnIndex columnIndex = reader.readColumnIndex(chunk);
      OffsetIndex offsetIndex = reader.readOffsetIndex(chunk);
      assertThat(offsetIndex.getPageCount()).isGreaterThan(1);
      for (int page = 0; page < offsetIndex.getPageCount(); page++) {
        long first = offsetIndex.getFirstRowIndex(page);
        long last = offsetIndex.getLastRowIndex(page, rows);
        assertThat(columnIndex.getMinValues().get(page)).isEqualTo(littleEndian(first));
        assertThat(columnIndex.getMaxValues().get(page)).isEqualTo(littleEndian(last));
        ByteBuffer bytes =
            source.read(offsetIndex.getOffset(page), offsetIndex.getCompressedPageSize(page));
        PageHeader header = PageHeader.read(new ThriftReader(bytes));
        assertThat(header.values).isEqualTo((int) (last - first + 1));
        assertThat(bytes.remaining()).isEqualTo(header.compressedSize);
      }
    }
  }

  @Test
  void aPageOfNullsIsMarkedAndANaNLeavesNoColumnIndex() throws IOException {
    int rows = ChunkWriter.PAGE_ROWS + 1;
    boolean[] nulls = new boolean[rows];
    nulls[rows - 1] = true;
    double[] values = new double[rows];
    ColumnIndex index = columnIndex(DoubleColumn.wrap(values, Validity.ofNulls(nulls)));
    assertThat(index).isNotNull();
    assertThat(index.getNullPages()).containsExactly(false, true);
    assertThat(index.getNullCounts()).containsExactly(0L, 1L);

    values[3] = Double.NaN;

    assertThat(columnIndex(DoubleColumn.of(values))).isNull();
  }

  private static ColumnIndex columnIndex(Column column) throws IOException {
    try (ParquetFileReader reader = open(source(column))) {
      return reader.readColumnIndex(reader.getRowGroups().get(0).getColumns().get(0));
    }
  }

  @Test
  void theFooterAddsUp() throws IOException {
    FrameSource source = source(LongColumn.of(LongStream.range(0, 600_000).toArray()));
    try (ParquetFileReader reader = open(source)) {
      assertThat(reader.getFileMetaData().getCreatedBy()).startsWith("ml4t-storage version ");
      assertThat(reader.getRowGroups()).hasSize(2);
      long next = 4;
      for (var group : reader.getRowGroups()) {
        ColumnChunkMetaData chunk = group.getColumns().get(0);
        assertThat(group.getStartingPos()).isEqualTo(next);
        assertThat(group.getTotalByteSize()).isEqualTo(chunk.getTotalUncompressedSize());
        next += chunk.getTotalSize();
      }
    }
  }

  private static ByteBuffer littleEndian(long value) {
    return ByteBuffer.allocate(8).putLong(Long.reverseBytes(value)).flip();
  }

  private static Statistics<?> statistics(Column column) throws IOException {
    try (ParquetFileReader reader = open(source(column))) {
      return reader.getRowGroups().get(0).getColumns().get(0).getStatistics();
    }
  }

  private static FrameSource source(Column column) {
    DataFrame frame = DataFrame.builder().column("c", column).build();
    return FramesInMemory.source("f", FrameCodec.builder().build().encode(frame, Map.of()));
  }

  private static ParquetFileReader open(FrameSource source) throws IOException {
    return ParquetFileReader.open(
        new ParquetJavaInput(source),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetJavaCodecs())
            .build());
  }
}
