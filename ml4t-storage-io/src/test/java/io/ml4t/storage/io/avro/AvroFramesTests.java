package io.ml4t.storage.io.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFramesTests {

  /** As Avro's compiler makes them. */
  public static class Quote extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    /** The class's schema, by Avro's convention. */
    public static final Schema SCHEMA$ =
        SchemaBuilder.record("AvroFramesTests.Quote")
            .namespace("io.ml4t.storage.io.avro")
            .fields()
            .name("at")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .optionalDouble("price")
            .endRecord();

    private Instant at = Instant.EPOCH;
    private Double price;

    @Override
    public Schema getSchema() {
      return SCHEMA$;
    }

    @Override
    public Object get(int field) {
      return field == 0 ? at : price;
    }

    @Override
    public void put(int field, Object value) {
      if (field == 0) {
        at = (Instant) value;
      } else {
        price = (Double) value;
      }
    }

    @Override
    public Conversion<?> getConversion(int field) {
      return field == 0 ? new TimeConversions.TimestampMillisConversion() : null;
    }
  }

  private static DataFrame frame() {
    return DataFrame.builder()
        .column("utc", TimestampColumn.of(TimestampUnit.MICROS, true, -1, 0))
        .column("ms", TimestampColumn.of(TimestampUnit.MILLIS, true, 7, 8))
        .column("local", TimestampColumn.of(TimestampUnit.NANOS, false, 5, 6))
        .dates("day", LocalDate.of(1950, 1, 3), null)
        .column("price", DoubleColumn.ofNullable(0.1, null))
        .floats("ratio", 1.5f, Float.NaN)
        .column("volume", LongColumn.ofNullable(null, Long.MIN_VALUE))
        .ints("count", 1, -1)
        .column("flag", BooleanColumn.ofNullable(true, null))
        .strings("note", "é", null)
        .build();
  }

  @Test
  void aFrameIsTheSameAfterATripThroughRecords() {
    List<GenericRecord> records = AvroFrames.records(frame());
    assertThat(records.get(0).get("utc")).isEqualTo(-1L);
    assertThat(records.get(1).get("price")).isNull();
    assertThat(GenericData.get().validate(AvroFrames.schema(frame()), records.get(1))).isTrue();
    assertThat(AvroFrames.frame(records)).isEqualTo(frame());
    assertThat(AvroFrames.frame(AvroFrames.schema(frame()), List.of())).isEqualTo(frame().head(0));
  }

  @Test
  void theSchemaIsTheOneInTheFooterOfOurFiles() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer buffer : FrameCodec.builder().build().encode(frame(), Map.of()).buffers()) {
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      bytes.writeBytes(part);
    }
    FrameSource file = FrameSource.ofBytes("ours", ByteBuffer.wrap(bytes.toByteArray()));
    String json =
        FrameCodec.builder().build().readFooter(file).keyValues().get("parquet.avro.schema");
    assertThat(new Schema.Parser().parse(json)).isEqualTo(AvroFrames.schema(frame()));
  }

  @Test
  void generatedClassesHaveTheirLogicalValues() {
    DataFrame frame =
        DataFrame.builder()
            .column("price", DoubleColumn.ofNullable(1.5, null))
            .column("at", TimestampColumn.of(TimestampUnit.MILLIS, true, 1_700_000_000_000L, 1))
            .ints("other", 1, 2)
            .build();
    List<Quote> quotes = AvroFrames.records(frame, Quote.class);
    assertThat(quotes.get(0).get(0)).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(quotes.get(1).get(1)).isNull();
    assertThat(AvroFrames.frame(quotes)).isEqualTo(frame.select(List.of("at", "price")));
  }

  @Test
  void refusesToMakeWhatAClassCannotHold() {
    Column millis = TimestampColumn.of(TimestampUnit.MILLIS, true, 1);
    Column micros = TimestampColumn.of(TimestampUnit.MICROS, true, 1);
    assertRefused(DataFrame.builder().column("at", millis).build(), "'price' has no column");
    assertRefused(
        DataFrame.builder().column("at", micros).doubles("price", 1).build(),
        "its column is timestamp(micros, utc)");
    assertRefused(
        DataFrame.builder().timestamps("at", (Instant) null).doubles("price", 1).build(), "'at'");
  }

  private static void assertRefused(DataFrame frame, String reason) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> AvroFrames.records(frame, Quote.class))
        .withMessageContaining(reason);
  }

  @Test
  void refusesNamesThatAvroDoesNotAllow() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> AvroFrames.schema(DataFrame.builder().doubles("adj close", 1).build()))
        .withMessageContaining("adj close");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":\"int\"}",
        "\"bytes\"",
        "[\"int\",\"string\"]",
        "{\"type\":\"map\",\"values\":\"int\"}"
      })
  void refusesFieldsThatNoColumnCanHold(String type) {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":%s}]}"
                    .formatted(type));
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> AvroFrames.frame(schema, List.of()))
        .withMessageContaining("'f'");
  }

  @Test
  void refusesARecordWithAValueOfAnotherType() {
    Schema schema = SchemaBuilder.record("R").fields().requiredInt("n").endRecord();
    GenericRecord record = new GenericData.Record(schema);
    record.put("n", "seven");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> AvroFrames.frame(List.of(record)))
        .withMessageContaining("'n' in row 0: seven is no value of type INT");
  }
}
