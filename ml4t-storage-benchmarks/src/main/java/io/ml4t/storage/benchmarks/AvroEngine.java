package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;

/** parquet-avro with generic records, and as little of Hadoop as it can be had with. */
final class AvroEngine extends JavaEngine {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Bar")
          .fields()
          .name("timestamp")
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .requiredDouble("open")
          .requiredDouble("high")
          .requiredDouble("low")
          .requiredDouble("close")
          .requiredLong("volume")
          .endRecord();

  AvroEngine() {
    super("parquet-avro");
  }

  @Override
  DataFrame read(Path file, int rows) throws IOException {
    BarArrays bars = new BarArrays(rows);
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(
                new LocalInputFile(file), new PlainParquetConfiguration())
            .withDataModel(GenericData.get())
            .build()) {
      int row = 0;
      for (GenericRecord bar; (bar = reader.read()) != null; row++) {
        bars.set(
            row,
            (long) bar.get(0),
            (double) bar.get(1),
            (double) bar.get(2),
            (double) bar.get(3),
            (double) bar.get(4),
            (long) bar.get(5));
      }
    }
    return bars.frame();
  }

  @Override
  void write(DataFrame frame, Path file, Compression compression) throws IOException {
    BarArrays bars = BarArrays.of(frame);
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withSchema(SCHEMA)
            .withDataModel(GenericData.get())
            .withCompressionCodec(CompressionCodecName.valueOf(compression.name()))
            .withWriteMode(Mode.OVERWRITE)
            .build()) {
      for (int row = 0; row < bars.rows(); row++) {
        GenericRecord bar = new GenericData.Record(SCHEMA);
        bar.put(0, bars.timestamps[row]);
        bar.put(1, bars.open[row]);
        bar.put(2, bars.high[row]);
        bar.put(3, bars.low[row]);
        bar.put(4, bars.close[row]);
        bar.put(5, bars.volume[row]);
        writer.write(bar);
      }
    }
  }
}
