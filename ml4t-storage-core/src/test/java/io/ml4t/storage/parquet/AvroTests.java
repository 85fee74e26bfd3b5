package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** parquet-avro reads our files as records of the schema in their footer. */
class AvroTests {
  private static final int ROWS = 300;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void itReadsOurFilesExactly(Compression compression) throws Exception {
    DataFrame frame = frame();
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    FrameSource source = FramesInMemory.source("ours.parquet", codec.encode(frame, Map.of()));
    try (ParquetJavaCodecs codecs = new ParquetJavaCodecs();
        ParquetReader<GenericRecord> reader =
            AvroParquetReader.<GenericRecord>builder(
                    new ParquetJavaInput(source), new PlainParquetConfiguration())
                .withDataModel(new GenericData())
                .withCodecFactory(codecs)
                .build()) {
      int row = 0;
      for (GenericRecord record; (record = reader.read()) != null; row++) {
        assertThat(logicalType(record.getSchema(), "utc"))
            .isEqualTo(LogicalTypes.timestampMicros());
        assertThat(logicalType(record.getSchema(), "local"))
            .isEqualTo(LogicalTypes.localTimestampMillis());
        assertThat(logicalType(record.getSchema(), "day")).isEqualTo(LogicalTypes.date());
        assertThat(record.get("utc")).isEqualTo(frame.timestamps("utc").get(row));
        assertThat(record.get("local")).isEqualTo(frame.timestamps("local").get(row));
        assertThat(record.get("nanos")).isEqualTo(frame.timestamps("nanos").get(row));
        assertThat(record.get("day")).isEqualTo(frame.dates("day").get(row));
        assertThat(record.get("flag")).isEqualTo(frame.booleans("flag").get(row));
        for (String name : new String[] {"price", "gaps", "ratio", "volume", "count"}) {
          assertThat(record.get(name)).as(name).isEqualTo(frame.column(name).value(row));
        }
        assertThat(String.valueOf(record.get("text")))
            .isEqualTo(String.valueOf(frame.strings("text").get(row)));
      }
      assertThat(row).isEqualTo(ROWS);
    }
  }

  @Test
  void aNameThatAvroDoesNotAllowLeavesTheSchemaOut() {
    FrameCodec codec = FrameCodec.builder().build();
    DataFrame frame = DataFrame.builder().doubles("adj close", 1).build();

    DecodedFrame back = RoundTripTests.roundTrip(codec, frame, Map.of());

    assertThat(back.keyValues()).doesNotContainKey("parquet.avro.schema");
    assertThat(back.data()).isEqualTo(frame);
  }

  private static LogicalType logicalType(Schema schema, String field) {
    return schema.getField(field).schema().getTypes().get(1).getLogicalType();
  }

  private static DataFrame frame() {
    long[] ticks = new long[ROWS];
    int[] ints = new int[ROWS];
    double[] prices = new double[ROWS];
    float[] ratios = new float[ROWS];
    boolean[] flags = new boolean[ROWS];
    boolean[] nulls = new boolean[ROWS];
    String[] texts = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      ticks[i] = (i - 100) * 86_400_000L;
      ints[i] = i - 100;
      prices[i] = Math.sqrt(i);
      ratios[i] = i / 3f;
      flags[i] = i % 3 == 0;
      nulls[i] = i % 7 == 3;
      texts[i] = nulls[i] ? null : "é" + i;
    }
    Validity gaps = Validity.ofNulls(nulls);
    return DataFrame.builder()
        .column("utc", TimestampColumn.of(TimestampUnit.MICROS, true, ticks))
        .column("local", TimestampColumn.of(TimestampUnit.MILLIS, false, ticks))
        .column("nanos", TimestampColumn.of(TimestampUnit.NANOS, true, ticks))
        .column("day", DateColumn.of(ints))
        .column("price", DoubleColumn.of(prices))
        .column("gaps", DoubleColumn.wrap(prices.clone(), gaps))
        .column("ratio", FloatColumn.of(ratios))
        .column("volume", LongColumn.of(ticks))
        .column("count", IntColumn.wrap(ints.clone(), gaps))
        .column("flag", BooleanColumn.of(flags))
        .column("text", StringColumn.of(texts))
        .build();
  }
}
