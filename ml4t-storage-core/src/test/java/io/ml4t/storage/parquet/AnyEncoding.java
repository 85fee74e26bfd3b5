package io.ml4t.storage.parquet;

import java.util.Random;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.FloatByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.DefaultV2ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;

/**
 * parquet-java's writers of all encodings, one by chance for each column of each row group,
 * whatever the version of its pages: a dictionary under either name, with what it falls back to, or
 * any other that the type has.
 */
final class AnyEncoding implements ValuesWriterFactory {
  private static final int SLAB = 64;
  private static final int PAGE = 1 << 20;
  private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();
  private static final int INT96_BYTES = 12;

  private final Random random;
  private final ValuesWriterFactory older = new DefaultV1ValuesWriterFactory();
  private final ValuesWriterFactory newer = new DefaultV2ValuesWriterFactory();

  AnyEncoding(Random random) {
    this.random = random;
  }

  @Override
  public void initialize(ParquetProperties properties) {
    older.initialize(properties);
    newer.initialize(properties);
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    int choice = random.nextInt(5);
    if (choice < 2) {
      return (choice == 0 ? older : newer).newValuesWriter(column);
    }
    boolean plain = choice == 2;
    boolean delta = choice == 3;
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN ->
          plain
              ? new BooleanPlainValuesWriter()
              : new RunLengthBitPackingHybridValuesWriter(1, SLAB, PAGE, HEAP);
      case INT32 ->
          plain
              ? new PlainValuesWriter(SLAB, PAGE, HEAP)
              : delta
                  ? new DeltaBinaryPackingValuesWriterForInteger(SLAB, PAGE, HEAP)
                  : new IntegerByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
      case INT64 ->
          plain
              ? new PlainValuesWriter(SLAB, PAGE, HEAP)
              : delta
                  ? new DeltaBinaryPackingValuesWriterForLong(SLAB, PAGE, HEAP)
                  : new LongByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
      case BINARY ->
          plain
              ? new PlainValuesWriter(SLAB, PAGE, HEAP)
              : delta
                  ? new DeltaByteArrayWriter(SLAB, PAGE, HEAP)
                  : new DeltaLengthByteArrayValuesWriter(SLAB, PAGE, HEAP);
      case FLOAT ->
          plain
              ? new PlainValuesWriter(SLAB, PAGE, HEAP)
              : new FloatByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
      case DOUBLE ->
          plain
              ? new PlainValuesWriter(SLAB, PAGE, HEAP)
              : new DoubleByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
      case INT96, FIXED_LEN_BYTE_ARRAY ->
          new FixedLenByteArrayPlainValuesWriter(INT96_BYTES, SLAB, PAGE, HEAP);
    };
  }
}
