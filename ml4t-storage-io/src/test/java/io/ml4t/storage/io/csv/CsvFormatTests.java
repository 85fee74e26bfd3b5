package io.ml4t.storage.io.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.io.ReadFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTests {
  private static final String HEADER = "timestamp,open,high,low,close,volume";

  @Test
  void readsBarsInTheOrderOfTheHeader() throws IOException {
    DataFrame frame =
        read(
            """
            volume,timestamp,open,high,low,close
            20018500,2013-01-02,553.82,555.00,541.63,549.03
            12605900,2013-01-03,547.88,549.67,541.00,542.10
            """);
    assertThat(frame.columnNames())
        .containsExactly("volume", "timestamp", "open", "high", "low", "close");
    assertThat(frame.longs("volume").toArray()).containsExactly(20018500, 12605900);
    assertThat(frame.doubles("high").toArray()).containsExactly(555.0, 549.67);
    assertThat(frame.column("timestamp").value(1)).isEqualTo(LocalDateTime.of(2013, 1, 3, 0, 0));
  }

  @Test
  void readsAHeaderAloneAsNoRows() throws IOException {
    assertThat(read(HEADER).rowCount()).isZero();
    assertThat(read(HEADER + ",note\r\n").column("note").type()).isEqualTo(ColumnType.STRING);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-31, false, 2024-01-31T00:00:00Z",
    "2024-01-31 16:30, false, 2024-01-31T16:30:00Z",
    "2024-01-31T16:30:15, false, 2024-01-31T16:30:15Z",
    "2024-01-31T16:30:15.123456, false, 2024-01-31T16:30:15.123456Z",
    "2024-01-31T16:30:15Z, true, 2024-01-31T16:30:15Z",
    "2024-01-31t16:30:15z, true, 2024-01-31T16:30:15Z",
    "2024-01-31 16:30:15+02:00, true, 2024-01-31T14:30:15Z",
    "2024-01-31T16:30:15-0530, true, 2024-01-31T22:00:15Z",
    "2024-01-31T16:30:15+01, true, 2024-01-31T15:30:15Z",
    "1950-01-02 05:00:00, false, 1950-01-02T05:00:00Z",
    "1677-10-01T00:00:00.000000001Z, true, 1677-10-01T00:00:00.000000001Z",
  })
  void readsIsoTimes(String text, boolean utc, Instant instant) throws IOException {
    var timestamps = read(HEADER + "\n" + text + ",1,1,1,1,1").timestamps("timestamp");
    assertThat(timestamps.isUtc()).isEqualTo(utc);
    assertThat(timestamps.instant(0)).isEqualTo(instant);
  }

  @Test
  void countsInNanosecondsOnlyWhereATimestampNeedsIt() throws IOException {
    assertThat(read(bars("1969-12-31T23:59:59.999999Z")).timestamps("timestamp").unit())
        .isEqualTo(TimestampUnit.MICROS);
    var nanos =
        read(bars("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999999Z"))
            .timestamps("timestamp");
    assertThat(nanos.unit()).isEqualTo(TimestampUnit.NANOS);
    assertThat(nanos.toArray()).containsExactly(-1_000, -1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, LONG",
    "-9223372036854775808, LONG",
    "9223372036854775808, STRING",
    "007, STRING",
    "1.5, DOUBLE",
    "-.5e-3, DOUBLE",
    "NaN, DOUBLE",
    "True, BOOLEAN",
    "2024-01-01, STRING",
    "1d, STRING",
    "0x1p3, STRING",
  })
  void typesAFurtherColumnByItsContent(String value, ColumnType type) throws IOException {
    DataFrame frame = read(HEADER + ",extra\n2024-01-01,1,1,1,1,1," + value);
    assertThat(frame.column("extra").type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2.5, DOUBLE",
    "2.5, 1, DOUBLE",
    "1, true, STRING",
    "false, true, BOOLEAN",
    "1, '', LONG",
    "'', '', STRING",
    "1.50, x, STRING",
  })
  void givesAFurtherColumnTheTypeOfAllItsValues(String first, String second, ColumnType type)
      throws IOException {
    DataFrame frame =
        read(HEADER + ",x\n2024-01-01,1,1,1,1,1," + first + "\n2024-01-02,1,1,1,1,1," + second);
    assertThat(frame.column("x").type()).isEqualTo(type);
    assertThat(frame.column("x").isNull(1)).isEqualTo(second.isEmpty());
    if (type == ColumnType.STRING && !first.isEmpty()) {
      assertThat(frame.strings("x").toArray()).containsExactly(first, second);
    }
  }

  @Test
  void readsAVolumeWithOneFractionAsDoubles() throws IOException {
    DataFrame frame = read(HEADER + "\n2024-01-01,1,1,1,1,3\n2024-01-02,1,1,1,1,0.5\n");
    assertThat(frame.doubles("volume").toArray()).containsExactly(3, 0.5);
  }

  @Test
  void tellsNothingFromAnEmptyString() throws IOException {
    DataFrame frame = read(HEADER + ",note\n2024-01-01,1,,1,1,,\"\"\n2024-01-02,1,1,1,1,1,\n");
    assertThat(frame.strings("note").toArray()).containsExactly("", null);
    assertThat(frame.doubles("high").isNull(0)).isTrue();
    assertThat(frame.longs("volume").isNull(0)).isTrue();
  }

  @Test
  void readsQuotesLineBreaksAndAByteOrderMark() throws IOException {
    DataFrame frame =
        read("\uFEFF" + HEADER + ",note\r\n2024-01-01,1,1,1,1,1,\"a,\r\n\"\"b\"\"\"\r\n");
    assertThat(frame.strings("note").get(0)).isEqualTo("a,\r\n\"b\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2024-01-01,1,1,1,1 | 2 | | 5 fields, but the header has 6",
        "2024-01-01,1,1,1,1,1,1 | 2 | | 7 fields, but the header has 6",
        "2024-01-01,1,x,1,1,1 | 2 | high | 'x' is not a number",
        "2024-01-01,1,1,1,1,1d | 2 | volume | '1d' is not a number",
        "01/02/2024,1,1,1,1,1 | 2 | timestamp | '01/02/2024' is not an ISO date",
        "2024-02-30,1,1,1,1,1 | 2 | timestamp | '2024-02-30' is not an ISO date",
        ",1,1,1,1,1 | 2 | timestamp | a timestamp is missing",
      })
  void namesTheLineAndTheColumn(String row, long line, String column, String reason) {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(HEADER + "\n" + row + "\n"))
        .withMessageContaining(reason)
        .satisfies(
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void countsLinesWithinQuotesAndEmptyOnes() {
    String text = HEADER + ",note\n\n2024-01-01,1,1,1,1,1,\"a\nb\"\n2024-01-02,1,1,1,oops,1,\n";
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(text))
        .satisfies(e -> assertThat(e.line()).isEqualTo(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "timestamp,open,high,low,close",
        HEADER + ",open",
        HEADER + ",",
        "Timestamp,open,high,low,close,volume",
      })
  void refusesAHeaderThatIsNotOfBars(String header) {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(header))
        .satisfies(e -> assertThat(e.line()).isEqualTo(1));
  }

  @Test
  void refusesTimestampsWithAndWithoutOffsetInOneColumn() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(bars("2024-01-01T00:00:00Z", "2024-01-02")))
        .withMessage(
            "Cannot read CSV: line 3, column 'timestamp': '2024-01-02' has no offset, unlike the"
                + " timestamps before it");
  }

  @Test
  void refusesNanosecondsWhereAnotherTimestampIsOutOfTheirRange() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(bars("1600-01-01", "2024-01-01T00:00:00.000000001")))
        .withMessageContaining("'1600-01-01T00:00:00Z' is out of the range of nanoseconds");
  }

  @Test
  void refusesTextInAnotherCharset() {
    byte[] latin =
        (HEADER + ",note\n2024-01-01,1,1,1,1,1,caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(latin, StandardCharsets.UTF_8))
        .withMessageContaining("not UTF-8");
  }

  @Test
  void readsTextInTheCharsetThatIsSaid() throws IOException {
    byte[] latin =
        (HEADER + ",note\n2024-01-01,1,1,1,1,1,caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(latin, StandardCharsets.ISO_8859_1).strings("note").get(0))
        .isEqualTo("caf\u00e9");
  }

  @Test
  void passesOnThatTheConnectionBroke() {
    var broken =
        new FilterInputStream(new ByteArrayInputStream(new byte[0])) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> CsvFormat.defaults().read(broken, "CSV"))
        .withMessage("connection reset");
  }

  @Test
  void whatTheWriterWritesIsReadBackEqual() throws IOException {
    DataFrame frame =
        read(
            HEADER
                + ",trades,vwap,halted,note\n"
                + "1950-01-02T05:00:00.000001Z,16.65999984741211,1e300,-0.0,4.9E-324,,1,NaN,true,\"\"\n"
                + "2024-01-02T00:00:00Z,1,2,,4,9007199254740993,,-Infinity,,\"a \"\"b\"\", c\"\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvFormat.defaults().write(frame, out);
    assertThat(read(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(frame);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith(
            HEADER
                + ",trades,vwap,halted,note\n"
                + "1950-01-02T05:00:00.000001Z,16.65999984741211,1.0E300,-0.0,4.9E-324,,1,NaN,true,\"\"\n");
  }

  @Test
  void localTimestampsAreWrittenWithoutOffset() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvFormat.defaults().write(read(bars("2024-01-02")), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(HEADER + "\n2024-01-02T00:00:00,1.0,1.0,1.0,1.0,1\n");
  }

  @Test
  void readsWhatASpreadsheetInGermanWrites() throws IOException {
    ReadFrame read =
        read(
            "Datum;Open;High;Low;Close;Volume;Umsatz\r\n31.01.2024 17:30;1,5;2;1;1,25;1000;3,75\r\n",
            CsvFormat.builder()
                .separator(';')
                .decimalSeparator(',')
                .lowerCaseHeader()
                .column("datum", "timestamp")
                .timestampPatterns("dd.MM.yyyy HH:mm", "dd.MM.yyyy")
                .zone(ZoneId.of("Europe/Berlin")));
    assertThat(read.data().timestamps("timestamp").value(0))
        .isEqualTo(Instant.parse("2024-01-31T16:30:00Z"));
    assertThat(read.data().doubles("open").get(0)).isEqualTo(1.5);
    assertThat(read.data().doubles("umsatz").get(0)).isEqualTo(3.75);
    assertThat(read.data().longs("volume").get(0)).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "M/d/yyyy, 1/2/2024, 2024-01-02T00:00:00Z",
    "M/d/yyyy h:mm a, 1/2/2024 4:05 PM, 2024-01-02T16:05:00Z",
    "yyyyMMdd, 20240102, 2024-01-02T00:00:00Z",
    "d-MMM-yyyy, 2-jan-2024, 2024-01-02T00:00:00Z",
    "yyyyMMdd HH:mm:ss.SSS, 20240102 01:02:03.004, 2024-01-02T01:02:03.004Z",
    "yyyy-MM-dd HH:mm:ssZ, 2024-01-02 00:00:00+0100, 2024-01-01T23:00:00Z",
  })
  void readsTimesOfAPattern(String pattern, String text, Instant instant) throws IOException {
    ReadFrame read = read(bars(text), CsvFormat.builder().timestampPatterns(pattern));
    assertThat(read.data().timestamps("timestamp").instant(0)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({"SECONDS, 1704153600", "MILLIS, 1704153600000", "NANOS, 1704153600000000000"})
  void readsTimesSinceTheEpoch(ChronoUnit unit, String text) throws IOException {
    ReadFrame read = read(bars(text), CsvFormat.builder().epochTimestamps(unit));
    assertThat(read.data().timestamps("timestamp").value(0))
        .isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
  }

  @Test
  void refusesATimeThatTheClocksSkip() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(
            () ->
                read(
                    bars("2024-03-10 02:30"),
                    CsvFormat.builder().zone(ZoneId.of("America/New_York"))))
        .withMessageContaining("does not exist in America/New_York");
  }

  @Test
  void readsTheFirstOfATimeThatComesTwice() throws IOException {
    ReadFrame read =
        read(bars("2024-11-03 01:30"), CsvFormat.builder().zone(ZoneId.of("America/New_York")));
    assertThat(read.data().timestamps("timestamp").instant(0))
        .isEqualTo(Instant.parse("2024-11-03T05:30:00Z"));
  }

  @Test
  void leavesOutBadRowsWithoutATraceInTheColumns() throws IOException {
    ReadFrame read =
        read(
            HEADER
                + ",n,note\n"
                + "2024-01-01,1,1,1,1,10,1,a\n"
                + "2024-01-02,1,1,1,oops,0.5,x,b\n"
                + "2024-01-03,1,1,1\n"
                + "2024-01-04,1,1,1,1,20,2,c\n",
            CsvFormat.builder().badRows(BadRows.SKIP));
    assertThat(read.data().longs("volume").toArray()).containsExactly(10, 20);
    assertThat(read.data().longs("n").toArray()).containsExactly(1, 2);
    assertThat(read.data().strings("note").toArray()).containsExactly("a", "c");
    assertThat(read.badRowCount()).isEqualTo(2);
    assertThat(read.badRows())
        .extracting(Object::toString)
        .containsExactly(
            "line 3, column 'close': 'oops' is not a number",
            "line 4: 4 fields, but the header has 8");
  }

  @Test
  void refusesAFileWithoutOneRightRow() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(
            () -> read(bars("yesterday", "today"), CsvFormat.builder().badRows(BadRows.SKIP)))
        .withMessageContaining("none of the 2 rows is right")
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void readsTheNamesOfNothing() throws IOException {
    ReadFrame read =
        read(
            HEADER + ",note\n2024-01-01,null,1,1,1,N/A,\"null\"\n",
            CsvFormat.builder().nulls("null", "N/A"));
    assertThat(read.data().column("open").isNull(0)).isTrue();
    assertThat(read.data().column("volume").isNull(0)).isTrue();
    assertThat(read.data().strings("note").get(0)).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+5",
        "1",
        "-1.50",
        "123456789012345",
        "1234567890123456",
        "0.1",
        "1e22",
        "1e23",
        "9007199254740993",
        "4.9E-324",
        "1.7976931348623157e308",
        "123456789.123456789",
        "1e-400",
        "0.000000000000000000000001",
        "16.65999984741211",
        "9223372036854775807",
        "007.25",
        ".5",
        "5.",
        "1E+3",
        "00000000000000000000000000000000000012"
      })
  void readsNumbersAsJavaDoes(String number) throws IOException {
    DataFrame frame = read(HEADER + "\n2024-01-01," + number + ",1,1,1,0.5\n");
    assertThat(frame.doubles("open").get(0)).isEqualTo(Double.parseDouble(number));
  }

  @Test
  void asksForTheSeparatorWhereTheHeaderIsOneName() {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(HEADER.replace(',', ';') + "\n"))
        .withMessageContaining("is the separator ';'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2024-01-01,1,1,1,1,\"1", "2024-01-01,1,1,1,1,\"1\n2024-01-02,1,1,1,1,1\n"})
  void refusesQuotesThatAreNotClosed(String row) {
    assertThatExceptionOfType(CsvFormatException.class)
        .isThrownBy(() -> read(HEADER + "\n" + row))
        .satisfies(e -> assertThat(e.line()).isEqualTo(2));
  }

  private static String bars(String... timestamps) {
    return HEADER + "\n" + String.join(",1,1,1,1,1\n", timestamps) + ",1,1,1,1,1\n";
  }

  private static DataFrame read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static DataFrame read(byte[] text, Charset charset) throws IOException {
    return read(text, CsvFormat.builder().charset(charset).build()).data();
  }

  private static ReadFrame read(String text, CsvFormatBuilder format) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), format.build());
  }

  private static ReadFrame read(byte[] text, CsvFormat format) throws IOException {
    return format.read(new ByteArrayInputStream(text), "CSV");
  }
}
