package io.ml4t.storage.io.avro;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.parquet.FrameSource;
import io.ml4t.storage.parquet.ParquetJavaCodecs;
import io.ml4t.storage.parquet.ParquetJavaInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files of any writer as Avro records, by parquet-avro and without Hadoop's run time.
 *
 * <p>Records are generic, and their schema comes from the file's columns alone: an Avro schema in
 * its footer is not looked at, and no class that it may name is ever loaded.
 */
public final class AvroParquet {
  private AvroParquet() {}

  /**
   * Reads a file as a frame, by way of records: much slower than the store's own reader, and a
   * second opinion on it.
   *
   * @throws InvalidDataException if a column is of a type that Avro or a frame cannot hold
   * @throws CorruptDataException if the file is broken
   * @throws IOException if it cannot be read
   */
  public static DataFrame read(Path file) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    Schema schema = forEach(file, records::add);
    return AvroFrames.frame(schema, records);
  }

  /**
   * Hands over each row of a file, in order; one at a time is in memory, and a row group in its
   * encoded form.
   *
   * @return the schema of the records
   * @throws InvalidDataException if a column is of a type that Avro cannot hold
   * @throws CorruptDataException if the file is broken
   * @throws IOException if it cannot be read
   */
  public static Schema forEach(Path file, Consumer<GenericRecord> action) throws IOException {
    ParquetJavaInput input = new ParquetJavaInput(FrameSource.ofFile(file));
    Schema schema = schema(file, input);
    PlainParquetConfiguration settings = new PlainParquetConfiguration();
    settings.set("parquet.avro.read.schema", schema.toString());
    try (ParquetJavaCodecs codecs = new ParquetJavaCodecs();
        ParquetReader<GenericRecord> reader =
            AvroParquetReader.<GenericRecord>builder(input, settings)
                .withDataModel(new GenericData())
                .withCodecFactory(codecs)
                .build()) {
      for (GenericRecord row; (row = next(file, reader)) != null; ) {
        action.accept(row);
      }
    }
    return schema;
  }

  private static Schema schema(Path file, ParquetJavaInput input) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    MessageType columns;
    try (ParquetFileReader reader = ParquetFileReader.open(input, options)) {
      columns = reader.getFileMetaData().getSchema();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | IOException e) {
      throw new CorruptDataException(file.toString(), "its footer is broken", e);
    }
    try {
      return withNanos(
          new AvroSchemaConverter(new PlainParquetConfiguration()).convert(columns), columns);
    } catch (AvroRuntimeException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new InvalidDataException(
          "Cannot read " + file + " as Avro records: " + e.getMessage(), e);
    }
  }

  /** Says which longs are nanoseconds, which the converter does not. */
  private static Schema withNanos(Schema schema, MessageType columns) {
    for (Schema.Field field : schema.getFields()) {
      if (columns.getType(field.name()).getLogicalTypeAnnotation()
              instanceof TimestampLogicalTypeAnnotation timestamp
          && timestamp.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS) {
        AvroTypes.nameTimestamps(
            AvroTypes.withoutNull(field.schema()),
            TimestampUnit.NANOS,
            timestamp.isAdjustedToUTC());
      }
    }
    return schema;
  }

  private static @Nullable GenericRecord next(Path file, ParquetReader<GenericRecord> reader)
      throws IOException {
    try {
      return reader.read();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | IOException e) {
      // Whatever parquet-java trips over is in the file: what fails to be read is unchecked.
      throw new CorruptDataException(file.toString(), "its pages are broken", e);
    }
  }
}
