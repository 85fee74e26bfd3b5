package io.ml4t.storage.io.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.io.FileOutcome;
import io.ml4t.storage.io.Folder;
import io.ml4t.storage.io.FrameImport;
import io.ml4t.storage.io.KeyTemplate;
import io.ml4t.storage.io.TransferReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One import of hundreds of files with everything wrong that a CSV can have wrong, among right
 * ones.
 */
class CsvMalformationTests {
  private static final String HEADER = "timestamp,open,high,low,close,volume";
  private static final int ROWS = 40;
  private static final int GOOD = 100;

  /** Spoils one row; {@code {0}} and so on are what the fields were. */
  private static final List<String> ROW_FAULTS =
      List.of(
          "{0},{1},{2},{3},{4}",
          "{0},{1},{2},{3},{4},{5},1",
          "{0}",
          ",{1},{2},{3},{4},{5}",
          "{0},n/a,{2},{3},{4},{5}",
          "{0},{1},1.2.3,{3},{4},{5}",
          "{0},{1},{2},--1,{4},{5}",
          "{0},{1},{2},{3},1e,{5}",
          "{0},{1},{2},{3},{4},1 000",
          "{0},{1},{2},{3},{4},0x10",
          "{0},{1},{2},{3},{4},10%",
          "{0},$1,{2},{3},{4},{5}",
          "\"{0}\"x,{1},{2},{3},{4},{5}",
          "\"{0},{1},{2},{3},{4},{5}",
          "31/01/2024,{1},{2},{3},{4},{5}",
          "2024-02-30,{1},{2},{3},{4},{5}",
          "2024-01-01T25:00,{1},{2},{3},{4},{5}",
          "2024-01-01T00:00:00Z,{1},{2},{3},{4},{5}",
          "+999999999-01-01,{1},{2},{3},{4},{5}",
          "1704067200,{1},{2},{3},{4},{5}",
          "today,{1},{2},{3},{4},{5}",
          "{0};{1};{2};{3};{4};{5}",
          "{0}\t{1}\t{2}\t{3}\t{4}\t{5}",
          "<html><body>502 Bad Gateway</body></html>",
          "\u0000\u0000\u0000",
          "{0},{1},{2},{3},{4},{5},{0},{1},{2},{3},{4},{5}");

  private static final List<String> HEADER_FAULTS =
      List.of(
          "",
          "timestamp,open,high,low,close",
          "timestamp,open,high,low,close,volume,open",
          "timestamp,open,high,low,close,volume,",
          "timestamp;open;high;low;close;volume",
          "Timestamp,Open,High,Low,Close,Volume",
          "2024-01-01,1,2,3,4,5",
          "{\"timestamp\": []}",
          "PAR1",
          "\"timestamp,open,high,low,close,volume");

  @TempDir Path root;
  @TempDir Path folder;

  private int bad;

  @Test
  void everyBadFileIsReportedWithItsCauseAndEveryGoodOneImported() throws IOException {
    for (int i = 0; i < GOOD; i++) {
      write("GOOD" + i, text(HEADER, rows()));
    }
    for (int row : new int[] {0, 1, 7, 19, 20, 38, ROWS - 1}) {
      for (String fault : ROW_FAULTS) {
        List<String> rows = rows();
        rows.set(row, spoil(fault, rows.get(row)));
        bad(text(HEADER, rows));
      }
    }
    for (String header : HEADER_FAULTS) {
      bad(text(header, rows()));
      bad(text("\uFEFF" + header, rows()));
      bad(text(header, List.of()));
    }
    bytes();

    try (Storage storage =
        FileSystemStorage.builder(root).durability(Durability.RELAXED).build().blocking()) {
      TransferReport report =
          FrameImport.into(storage)
              .run(
                  new Folder(
                      folder,
                      KeyTemplate.of("{symbol}.csv").withAssetClass("a").withFrequency("b"),
                      CsvFormat.defaults()));

      TreeSet<String> wronglyRead = new TreeSet<>();
      for (FileOutcome file : report.files()) {
        if (file.source().startsWith("BAD") && file.status() != FileOutcome.Status.FAILED) {
          wronglyRead.add(file.source());
        }
      }
      assertThat(wronglyRead).as("bad files that were imported").isEmpty();
      assertThat(report.failures())
          .hasSize(bad)
          .allSatisfy(
              file -> {
                assertThat(file.source()).startsWith("BAD");
                assertThat(file.error()).isInstanceOf(CsvFormatException.class);
                assertThat(file.reason()).contains(file.source()).contains(": line ");
                assertThat(file.reason().length()).isLessThan(400 + folder.toString().length());
              });
      assertThat(report.done()).isEqualTo(GOOD);
      assertThat(storage.listKeys()).hasSize(GOOD);
      assertThat(storage.read("a/b/GOOD7").data().rowCount()).isEqualTo(ROWS);
    }
    System.out.printf(
        "FIGURE csv-malformations: %d/%d reported with name and cause, %d/%d good ones imported (all) OK%n",
        bad, bad, GOOD, GOOD);
  }

  /** What is no text, or only the beginning of one. */
  private void bytes() throws IOException {
    byte[] whole = text(HEADER, rows()).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      byte[] broken = whole.clone();
      // In UTF-8 no character begins with such a byte.
      broken[random.nextInt(broken.length)] = (byte) (0xF8 + random.nextInt(8));
      bad(broken);
    }
    for (int fields = 1; fields < 6; fields++) {
      String text = new String(whole, StandardCharsets.UTF_8);
      int cut = text.lastIndexOf('\n', text.length() - 2);
      for (int i = 0; i < fields; i++) {
        cut = text.indexOf(',', cut + 1);
      }
      bad(text.substring(0, cut).getBytes(StandardCharsets.UTF_8));
    }
    bad(text(HEADER, rows()).getBytes(StandardCharsets.UTF_16));
    byte[] noise = new byte[10_000];
    random.nextBytes(noise);
    bad(noise);
    bad(new byte[10_000]);
    bad(Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, 8}, 1000));
    bad("\"".repeat(10_001).getBytes(StandardCharsets.UTF_8));
    bad(",".repeat(100_000).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "2024-01-01T%02d:%02d:00,1.5,2.5,0.5,2,%d".formatted(i / 60, i % 60, i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String spoil(String fault, String row) {
    String[] fields = row.split(",", -1);
    String spoiled = fault;
    for (int i = 0; i < fields.length; i++) {
      spoiled = spoiled.replace("{" + i + "}", fields[i]);
    }
    return spoiled;
  }

  private static String text(String header, List<String> rows) {
    return header + "\n" + String.join("\n", rows) + "\n";
  }

  private void bad(String text) throws IOException {
    bad(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bad(byte[] content) throws IOException {
    Files.write(folder.resolve("BAD" + bad++ + ".csv"), content);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".csv"), text);
  }
}
