package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * One of the many forms in which parquet-java can write a frame: the version of its pages and their
 * codec are given; encodings, the lengths of pages and row groups, checksums, what is required and
 * what is INT96 are left to chance.
 */
final class ParquetJavaForm {
  static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final int EPOCH_DAY = 2_440_588;

  private final WriterVersion version;
  private final CompressionCodecName codec;
  private final Random random;
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);

  ParquetJavaForm(WriterVersion version, CompressionCodecName codec, Random random) {
    this.version = version;
    this.codec = codec;
    this.random = random;
  }

  /** The encodings of the data pages written so far. */
  Set<Encoding> encodings() {
    return encodings;
  }

  byte[] write(DataFrame frame) throws IOException {
    int rows = frame.rowCount();
    ParquetProperties properties =
        ParquetProperties.builder()
            .withWriterVersion(version)
            .withValuesWriterFactory(new AnyEncoding(random))
            .withDictionaryPageSize(random.nextBoolean() ? 1 << 20 : 500)
            .withPageRowCountLimit(Math.max(1, rows / (1 + random.nextInt(20))))
            .withPageWriteChecksumEnabled(random.nextBoolean())
            .build();
    int groupRows = Math.max(1, rows / (1 + random.nextInt(3)));
    MessageType schema = schema(frame);
    ParquetJavaFiles.Memory memory = new ParquetJavaFiles.Memory();
    ParquetFileWriter file =
        new ParquetFileWriter(
            memory, schema, ParquetFileWriter.Mode.CREATE, Long.MAX_VALUE, 0, null, properties);
    file.start();
    for (int from = 0; from < rows; from += groupRows) {
      int to = Math.min(rows, from + groupRows);
      file.startBlock(to - from);
      writeRowGroup(frame, schema, from, to, properties, file);
      file.endBlock();
    }
    file.end(Map.of());
    file.getFooter().getBlocks().forEach(this::note);
    return memory.bytes();
  }

  private void note(BlockMetaData rowGroup) {
    rowGroup.getColumns().stream()
        .flatMap(chunk -> chunk.getEncodingStats().getDataEncodings().stream())
        .map(encoding -> Encoding.valueOf(encoding.name()))
        .forEach(encodings::add);
  }

  private void writeRowGroup(
      DataFrame frame,
      MessageType schema,
      int from,
      int to,
      ParquetProperties properties,
      ParquetFileWriter file)
      throws IOException {
    try (ColumnChunkPageWriteStore pages =
            ColumnChunkPageWriteStore.builder()
                .withSchema(schema)
                .withAllocator(properties.getAllocator())
                .withCompressorProvider(
                    column -> new ParquetJavaFiles.Codecs().getCompressor(codec))
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .build();
        ColumnWriteStore columns = properties.newColumnWriteStore(schema, pages, pages)) {
      for (int row = from; row < to; row++) {
        for (ColumnDescriptor descriptor : schema.getColumns()) {
          ColumnWriter out = columns.getColumnWriter(descriptor);
          Column column = frame.column(descriptor.getPath()[0]);
          if (column.isNull(row)) {
            out.writeNull(0, 0);
          } else {
            write(column, row, descriptor, out);
          }
        }
        columns.endRecord();
      }
      columns.flush();
      pages.flushToFileWriter(file);
    }
  }

  private static void write(Column column, int row, ColumnDescriptor descriptor, ColumnWriter out) {
    int level = descriptor.getMaxDefinitionLevel();
    if (column instanceof DoubleColumn doubles) {
      out.write(doubles.get(row), 0, level);
    } else if (column instanceof FloatColumn floats) {
      out.write(floats.get(row), 0, level);
    } else if (column instanceof LongColumn longs) {
      out.write(longs.get(row), 0, level);
    } else if (column instanceof IntColumn ints) {
      out.write(ints.get(row), 0, level);
    } else if (column instanceof DateColumn dates) {
      out.write(dates.get(row), 0, level);
    } else if (column instanceof BooleanColumn booleans) {
      out.write(booleans.get(row), 0, level);
    } else if (column instanceof StringColumn strings) {
      out.write(Binary.fromString(String.valueOf(strings.get(row))), 0, level);
    } else if (descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      long nanos = ((TimestampColumn) column).get(row);
      int day = EPOCH_DAY + (int) Math.floorDiv(nanos, NANOS_PER_DAY);
      out.write(new NanoTime(day, Math.floorMod(nanos, NANOS_PER_DAY)).toBinary(), 0, level);
    } else {
      out.write(((TimestampColumn) column).get(row), 0, level);
    }
  }

  private MessageType schema(DataFrame frame) {
    return new MessageType(
        "rows",
        frame.columnNames().stream()
            .map(name -> type(name, frame.column(name)))
            .toList()
            .toArray(new org.apache.parquet.schema.Type[0]));
  }

  private PrimitiveType type(String name, Column column) {
    boolean required = column.nullCount() == 0 && random.nextBoolean();
    Repetition repetition = required ? Repetition.REQUIRED : Repetition.OPTIONAL;
    return switch (column.type()) {
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
      case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition)
              .as(LogicalTypeAnnotation.dateType())
              .named(name);
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case TIMESTAMP -> {
        TimestampColumn timestamps = (TimestampColumn) column;
        boolean int96 =
            timestamps.unit() == TimestampUnit.NANOS && !timestamps.isUtc() && random.nextBoolean();
        yield int96
            ? Types.primitive(PrimitiveTypeName.INT96, repetition).named(name)
            : Types.primitive(PrimitiveTypeName.INT64, repetition)
                .as(
                    LogicalTypeAnnotation.timestampType(
                        timestamps.isUtc(),
                        LogicalTypeAnnotation.TimeUnit.valueOf(timestamps.unit().name())))
                .named(name);
      }
    };
  }
}
