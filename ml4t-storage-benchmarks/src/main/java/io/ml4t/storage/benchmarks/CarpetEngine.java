package io.ml4t.storage.benchmarks;

import com.jerolba.carpet.CarpetParquetReader;
import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;

/** Carpet, which maps Java records. */
final class CarpetEngine extends JavaEngine {
  /** A row, for Carpet to make and to take apart. */
  public record Row(
      Instant timestamp, double open, double high, double low, double close, long volume) {}

  CarpetEngine() {
    super("Carpet");
  }

  @Override
  DataFrame read(Path file, int rows) throws IOException {
    BarArrays bars = new BarArrays(rows);
    try (ParquetReader<Row> reader =
        CarpetParquetReader.builder(new LocalInputFile(file), Row.class)
            .withConf(new PlainParquetConfiguration())
            .build()) {
      int row = 0;
      for (Row bar; (bar = reader.read()) != null; row++) {
        bars.set(
            row,
            ChronoUnit.MICROS.between(Instant.EPOCH, bar.timestamp()),
            bar.open(),
            bar.high(),
            bar.low(),
            bar.close(),
            bar.volume());
      }
    }
    return bars.frame();
  }

  @Override
  void write(DataFrame frame, Path file, Compression compression) throws IOException {
    BarArrays bars = BarArrays.of(frame);
    try (CarpetWriter<Row> writer =
        new CarpetWriter.Builder<>(new LocalOutputFile(file), Row.class)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.valueOf(compression.name()))
            .withDefaultTimeUnit(TimeUnit.MICROS)
            .withWriteMode(Mode.OVERWRITE)
            .build()) {
      for (int row = 0; row < bars.rows(); row++) {
        writer.write(
            new Row(
                Instant.EPOCH.plus(bars.timestamps[row], ChronoUnit.MICROS),
                bars.open[row],
                bars.high[row],
                bars.low[row],
                bars.close[row],
                bars.volume[row]));
      }
    }
  }
}
