package io.ml4t.storage.io;

import io.ml4t.storage.io.FileOutcome.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an import or export has done, file by file, in the order of their names.
 *
 * @param files what became of each file that was meant
 * @param ignored how many files of the folder were not meant
 * @param elapsed how long it took
 */
public record TransferReport(List<FileOutcome> files, long ignored, Duration elapsed) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the list. */
  public TransferReport {
    files = List.copyOf(files);
  }

  /** How many files were transferred. */
  public long done() {
    return count(Status.DONE);
  }

  /** How many files were left alone, as it was asked for. */
  public long skipped() {
    return count(Status.SKIPPED);
  }

  /** How many files were not transferred. */
  public long failed() {
    return count(Status.FAILED);
  }

  /** The files that were not transferred. */
  public List<FileOutcome> failures() {
    return files.stream().filter(file -> file.status() == Status.FAILED).toList();
  }

  /** How many rows were transferred. */
  public long rows() {
    return files.stream().mapToLong(FileOutcome::rows).sum();
  }

  /** How many rows were left out of the files that were transferred. */
  public long badRows() {
    return files.stream().mapToLong(FileOutcome::badRowCount).sum();
  }

  private long count(Status status) {
    return files.stream().filter(file -> file.status() == status).count();
  }

  /** A summary, then a line for each file that failed or has rows left out. */
  public String text() {
    Stream<String> notable =
        files.stream()
            .filter(file -> file.status() == Status.FAILED || file.badRowCount() > 0)
            .map(FileOutcome::toString);
    return Stream.concat(Stream.of(summary()), notable).collect(Collectors.joining("\n"));
  }

  private String summary() {
    return "%,d done (%,d rows, %,d left out), %,d skipped, %,d failed, %,d files ignored, %.1f s"
        .formatted(
            done(), rows(), badRows(), skipped(), failed(), ignored, elapsed.toMillis() / 1e3);
  }

  /** All of it, as JSON. */
  public String toJson() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("done", done());
    report.put("skipped", skipped());
    report.put("failed", failed());
    report.put("ignored", ignored);
    report.put("rows", rows());
    report.put("bad_rows", badRows());
    report.put("elapsed_ms", elapsed.toMillis());
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    files.forEach(file -> members.add(json(file)));
    report.put("files", members);
    return JSON.writeValueAsString(report);
  }

  private static Map<String, @Nullable Object> json(FileOutcome file) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("source", file.source());
    members.put("key", file.key() == null ? null : file.key().toString());
    members.put("status", file.status().name().toLowerCase(Locale.ROOT));
    members.put("rows", file.rows());
    members.put("bad_rows", file.badRowCount());
    members.put("first_bad_rows", file.badRows().stream().map(BadRow::toString).toList());
    members.put("error", file.reason());
    return members;
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
