package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a column value by value with parquet-java, where it has a form that the bulk path does not
 * know. Slower by far, and the only code here that needs Hadoop's classes.
 */
final class ParquetJavaReader {
  private ParquetJavaReader() {}

  /**
   * Reads a column.
   *
   * @throws MalformedException if parquet-java cannot
   * @throws NotCoveredException if its compression codec is not known
   */
  static Column read(FrameSource source, ColumnSpec spec, int rows, long bytes) {
    ColumnBuffer column = new ColumnBuffer(spec, rows, bytes);
    try (ParquetJavaCodecs codecs = new ParquetJavaCodecs()) {
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(codecs)
              .usePageChecksumVerification()
              .build();
      try (ParquetFileReader file = ParquetFileReader.open(new ParquetJavaInput(source), options)) {
        FileMetaData metadata = file.getFileMetaData();
        MessageType schema = new MessageType("column", metadata.getSchema().getType(spec.name()));
        file.setRequestedSchema(schema);
        for (PageReadStore group; (group = file.readNextRowGroup()) != null; ) {
          ColumnDescriptor descriptor = schema.getColumns().get(0);
          ColumnReader reader =
              new ColumnReadStoreImpl(group, new Ignored(), schema, metadata.getCreatedBy())
                  .getColumnReader(descriptor);
          append(column, spec, reader, descriptor.getMaxDefinitionLevel(), group.getRowCount());
        }
      }
    } catch (MalformedException | NotCoveredException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      // Whatever parquet-java trips over, it is in the file.
      throw new MalformedException("column '" + spec.name() + "': " + e);
    }
    return column.finish();
  }

  private static void append(
      ColumnBuffer column, ColumnSpec spec, ColumnReader reader, int maxLevel, long rows) {
    int count = Math.toIntExact(rows);
    column.require(count);
    Object values = spec.newArray(Math.min(count, 1024));
    int present = 0;
    for (int row = 0; row < count; row++) {
      if (reader.getCurrentDefinitionLevel() < maxLevel) {
        column.markNulls(row, 1, 1);
      } else {
        if (present == Array.getLength(values)) {
          Object larger = spec.newArray(present * 2);
          System.arraycopy(values, 0, larger, 0, present);
          values = larger;
        }
        set(values, present++, reader);
      }
      reader.consume();
    }
    Object all = values;
    column.append(count, present, (out, from, n) -> System.arraycopy(all, 0, out, from, n));
  }

  private static void set(Object values, int index, ColumnReader reader) {
    if (values instanceof double[] doubles) {
      doubles[index] = reader.getDouble();
    } else if (values instanceof long[] longs) {
      longs[index] = reader.getLong();
    } else if (values instanceof int[] ints) {
      ints[index] = reader.getInteger();
    } else if (values instanceof float[] floats) {
      floats[index] = reader.getFloat();
    } else if (values instanceof boolean[] booleans) {
      booleans[index] = reader.getBoolean();
    } else {
      byte[] bytes = reader.getBinary().getBytes();
      if (values instanceof String[] strings) {
        strings[index] = Utf8.decode(new Bytes(bytes, 0, bytes.length));
      } else {
        ((byte[][]) values)[index] = Arrays.copyOf(bytes, bytes.length);
      }
    }
  }

  /** Values are taken from the reader, not from a converter. */
  private static final class Ignored extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
