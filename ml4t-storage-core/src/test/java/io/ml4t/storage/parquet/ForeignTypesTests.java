package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the types of other writers become in a frame. */
class ForeignTypesTests {
  private static final FrameCodec CODEC = FrameCodec.builder().build();
  private static final int EPOCH = 2_440_588;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64 c (TIMESTAMP(MILLIS,true))   | timestamp(millis, utc)",
        "int64 c (TIMESTAMP(MICROS,false))  | timestamp(micros, local)",
        "int64 c (TIMESTAMP(NANOS,true))    | timestamp(nanos, utc)",
        "int64 c (TIMESTAMP_MILLIS)         | timestamp(millis, utc)",
        "int64 c (TIMESTAMP_MICROS)         | timestamp(micros, utc)",
        "int96 c                            | timestamp(nanos, local)",
        "int32 c (DATE)                     | date",
        "int32 c                            | int",
        "int32 c (INTEGER(8,true))          | int",
        "int32 c (INTEGER(16,false))        | int",
        "int32 c (UINT_8)                   | int",
        "int32 c (INTEGER(32,false))        | long",
        "int32 c (UINT_32)                  | long",
        "int64 c (INTEGER(64,false))        | long",
        "int64 c (INT_64)                   | long",
        "float c                            | float",
        "fixed_len_byte_array(2) c (FLOAT16)| float",
        "double c                           | double",
        "boolean c                          | boolean",
        "binary c (STRING)                  | string",
        "binary c (UTF8)                    | string",
        "binary c (ENUM)                    | string",
        "binary c (JSON)                    | string",
        "binary c                           | string",
      })
  void aTypeBecomes(String type, String described) throws IOException {
    FrameSource source = file("optional " + type.strip() + ";", 0, (row, i) -> {});

    DataFrame frame = CODEC.decode(source).data();

    assertThat(frame.column("c").describe()).isEqualTo(described);
    assertThat(CODEC.readFooter(source).columns())
        .containsExactly(java.util.Map.entry("c", frame.column("c").type()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required int64 c (DECIMAL(10,2));                     | DECIMAL in INT64",
        "optional fixed_len_byte_array(9) c (DECIMAL(20,2));   | DECIMAL in FIXED_LEN_BYTE_ARRAY",
        "required int64 c (TIME(MICROS,true));                 | TIME in INT64",
        "required fixed_len_byte_array(16) c (UUID);           | UUID in FIXED_LEN_BYTE_ARRAY",
        "required fixed_len_byte_array(5) c;                   | FIXED_LEN_BYTE_ARRAY",
        "required binary c (BSON);                             | BSON in BYTE_ARRAY",
      })
  void aTypeThatNoFrameHoldsIsNamed(String type, String described) throws IOException {
    FrameSource source = file(type, 0, (row, i) -> {});

    assertThatThrownBy(() -> CODEC.decode(source))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read column 'c' of f: it is %s; supported are timestamps, dates, floating point numbers, integers, booleans and text: cast it first",
            described);
  }

  @Test
  void aNestedColumnIsNamedAndTheFlatOnesBesideItCanBeRead() throws IOException {
    FrameSource source =
        file(
            """
            optional group tree { required int32 a; optional group b { required int32 c; } }
            required int64 n;
            optional group list (LIST) { repeated group list { optional double element; } }
            repeated int32 r;
            required double x;
            """,
            3,
            (row, i) -> {
              row.addGroup("tree").append("a", 1);
              row.add("n", (long) i);
              row.add("r", 1);
              row.add("r", 2);
              row.add("x", i / 2.0);
            });

    assertThatThrownBy(() -> CODEC.decode(source))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read column 'tree' of f: it is nested, and frames are flat: flatten it first, or select others");
    DataFrame flat = CODEC.decode(source, List.of("x", "n")).data();
    assertThat(flat.doubles("x").toArray()).containsExactly(0, 0.5, 1);
    assertThat(flat.longs("n").toArray()).containsExactly(0, 1, 2);
    for (String nested : List.of("list", "r")) {
      assertThatThrownBy(() -> CODEC.decode(source, List.of(nested)))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("'" + nested + "'");
    }
  }

  @Test
  void unsignedIntegersKeepTheirValue() throws IOException {
    DataFrame frame =
        CODEC
            .decode(
                file(
                    "required int32 c (INTEGER(32,false));",
                    2,
                    (row, i) -> row.add("c", i == 0 ? -1 : 7)))
            .data();

    assertThat(frame.longs("c").toArray()).containsExactly(4_294_967_295L, 7);
  }

  @Test
  void anUnsignedIntegerBeyondALongIsNamed() throws IOException {
    FrameSource source =
        file("required int64 c (INTEGER(64,false));", 2, (row, i) -> row.add("c", (long) -i));

    assertThatThrownBy(() -> CODEC.decode(source))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read column 'c': 18446744073709551615 in row 1 is beyond the range of a long, cast it first");
  }

  @Test
  void bytesThatAreNotTextAreNamed() throws IOException {
    FrameSource source =
        file(
            "required binary c;",
            1,
            (row, i) -> row.add("c", Binary.fromConstantByteArray(new byte[] {(byte) 0xC3, 0x28})));

    assertThatThrownBy(() -> CODEC.decode(source))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "Cannot read column 'c' of f: it holds bytes that are not UTF-8 text; convert it first");
  }

  @Test
  void int96IsExactToTheNanosecondBeforeAndAfter1970() throws IOException {
    Column stamps =
        int96(
            new NanoTime(EPOCH - 1, 86_399_999_999_999L),
            new NanoTime(EPOCH + 19_000, 1),
            new NanoTime(EPOCH - 106_752, 763_145_224_193L));

    assertThat(((TimestampColumn) stamps).toArray())
        .containsExactly(-1, 19_000L * 86_400_000_000_000L + 1, Long.MIN_VALUE + 1);
  }

  @Test
  void int96BeyondNanosecondsIsInMicroseconds() throws IOException {
    TimestampColumn stamps =
        (TimestampColumn) int96(new NanoTime(EPOCH + 2_932_896, 5_000), new NanoTime(EPOCH, 0));

    assertThat(stamps.unit()).isEqualTo(TimestampUnit.MICROS);
    assertThat(stamps.toArray()).containsExactly(2_932_896L * 86_400_000_000L + 5, 0);
    assertThatThrownBy(() -> int96(new NanoTime(EPOCH + 2_932_896, 0), new NanoTime(EPOCH, 1)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("row 1 needs nanoseconds");
    assertThatThrownBy(() -> int96(new NanoTime(Integer.MIN_VALUE, 0)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("Cannot read column 'c': a timestamp is out of the range of microseconds");
  }

  @ParameterizedTest
  @CsvSource({
    "3C00, 1",
    "C000, -2",
    "7BFF, 65504",
    "0001, 5.9604645e-8",
    "8000, -0.0",
    "7C00, Infinity",
    "03FF, 6.097555e-5",
    "7E00, NaN"
  })
  void halfPrecisionIsExact(String half, float value) {
    assertThat(Float.valueOf(Float16.toFloat(Integer.parseInt(half, 16))))
        .isEqualTo(Float.valueOf(value));
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    List<SchemaElement> schema =
        List.of(
            new SchemaElement("root", null, 0, 0, 2, -1, null),
            new SchemaElement("a", PhysicalType.INT32, 0, 0, 0, -1, null),
            new SchemaElement("a", PhysicalType.INT64, 0, 0, 0, -1, null));

    assertThatThrownBy(() -> SchemaReader.select("f", schema, List.of()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("Cannot read column 'a' of f: there are two columns of that name");
  }

  private static Column int96(NanoTime... stamps) throws IOException {
    FrameSource source =
        file("required int96 c;", stamps.length, (row, i) -> row.add("c", stamps[i]));
    Column column = CODEC.decode(source).data().column("c");
    assertThat(column.type()).isEqualTo(ColumnType.TIMESTAMP);
    return column;
  }

  private static FrameSource file(String columns, int rows, ParquetJavaFiles.Row row)
      throws IOException {
    return FramesInMemory.source(
        "f",
        ParquetJavaFiles.write(
            MessageTypeParser.parseMessageType("message m { " + columns + " }"),
            rows,
            row,
            builder -> {}));
  }
}
