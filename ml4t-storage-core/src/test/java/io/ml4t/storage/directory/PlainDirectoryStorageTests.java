package io.ml4t.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageContract;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainDirectoryStorageTests extends StorageContract {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @Override
  protected Storage open(Path root) {
    return PlainDirectoryStorage.builder(root).build();
  }

  @Override
  protected Set<Power> lacks() {
    return Set.of(Power.HISTORY, Power.SNAPSHOTS);
  }

  private static DataObject full() {
    return new DataObject(
        Bars.daily(5, 100),
        Metadata.builder("equities", "daily", "AAPL")
            .provider("yahoo")
            .exchange("NASDAQ")
            .calendar("NYSE")
            .downloadUtcTimestamp(Instant.parse("2026-03-01T12:34:56.789012Z"))
            .dataRange(Map.of("start", "2013-01-02", "end", "2013-12-31"))
            .field("provider_params", Map.of("adjusted", false))
            .field("attributes", Map.of("note", "split 7:1 — not applied"))
            .field("unknown_to_us", List.of(1, 2.5, "x"))
            .build());
  }

  @ParameterizedTest
  @EnumSource(SidecarStyle.class)
  void every_style_of_sidecar_keeps_every_field(SidecarStyle style) {
    try (Storage written = PlainDirectoryStorage.builder(root).sidecars(style).build()) {
      written.write(full());
    }

    assertThat(storage.read(AAPL)).isEqualTo(full());
    assertThat(names()).containsExactly("AAPL" + style.extension(), "AAPL.parquet");
  }

  @Test
  void the_oldest_form_has_a_frequency_and_no_bar_type() throws IOException {
    try (Storage written =
        PlainDirectoryStorage.builder(root).sidecars(SidecarStyle.FREQUENCY).build()) {
      written.write(full());
      assertThat(Files.readString(file("AAPL.manifest.json")))
          .contains("\"frequency\" : \"daily\"")
          .doesNotContain("bar_type", "bar_params");
      Metadata volume =
          Metadata.builder("equities", "volume", Map.of("threshold", 1_000), "AAPL").build();
      written.write(new DataObject(Bars.daily(5, 100), volume));
      assertThat(written.read(volume.key()).metadata()).isEqualTo(volume);
    }
  }

  @Test
  void another_style_takes_the_place_of_the_sidecar_that_was_there() throws IOException {
    storage.write(Bars.of("AAPL", 1, 1));
    try (Storage written =
        PlainDirectoryStorage.builder(root).sidecars(SidecarStyle.MANIFEST).build()) {
      written.write(full());
    }

    assertThat(names()).containsExactly("AAPL.manifest.json", "AAPL.parquet");
    assertThat(storage.delete(AAPL)).isTrue();
    assertThat(names()).isEmpty();
  }

  @Test
  void a_sidecar_that_a_crash_left_behind_its_frame_does_not_count() throws IOException {
    storage.write(Bars.of("AAPL", 1, 1));
    byte[] older = Files.readAllBytes(file("AAPL.json"));
    FileTime time = Files.getLastModifiedTime(file("AAPL.json"));
    storage.write(full());
    Files.write(file("AAPL.json"), older);
    Files.setLastModifiedTime(file("AAPL.json"), time);

    assertThat(storage.read(AAPL)).isEqualTo(full());
  }

  @Test
  void a_sidecar_that_another_program_has_changed_since_counts() throws IOException {
    storage.write(Bars.of("AAPL", 1, 1));
    Files.writeString(file("AAPL.json"), full().metadata().toJson());
    Files.setLastModifiedTime(
        file("AAPL.json"), FileTime.from(Instant.now().plusSeconds(1))); // As a later change has.

    assertThat(storage.read(AAPL).metadata()).isEqualTo(full().metadata());
  }

  @Test
  void readers_see_the_rows_of_a_write_with_its_own_metadata() {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int rows = 1; rows <= 200; rows++) {
                storage.write(numbered(rows));
              }
            });
    int reads = 0;
    while (!writer.isDone() || reads < 10) {
      if (storage.exists(AAPL)) {
        DataObject read = storage.read(AAPL);
        assertThat(read).isEqualTo(numbered(read.data().rowCount()));
        reads++;
      }
    }
    writer.join();
  }

  private static DataObject numbered(int rows) {
    return new DataObject(
        Bars.daily(rows, 1),
        Metadata.builder("equities", "daily", "AAPL").provider("writer " + rows).build());
  }

  @Test
  void append_merges_on_the_timestamp() {
    storage.append(Bars.of("AAPL", 3, 1));
    storage.append(
        new DataObject(
            Bars.dailyFrom(Bars.START.plusSeconds(2 * 86_400), 2, 50),
            Bars.of("AAPL", 1, 1).metadata()));

    assertThat(storage.read(AAPL).data().doubles("close").toArray()).containsExactly(1, 2, 50, 51);
    assertThatThrownBy(() -> storage.transaction(transaction -> null))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void an_engine_on_the_same_directory_adopts_what_was_written() {
    storage.write(full());

    try (Storage engine = FileSystemStorage.builder(root).build().blocking()) {
      assertThat(engine.read(AAPL)).isEqualTo(full());
      engine.write(Bars.of("AAPL", 7, 7));
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 7, 7));
      storage.write(full());
      assertThat(engine.read(AAPL)).isEqualTo(full());
      assertThat(engine.versions(AAPL)).hasSize(3);
    }
  }

  @Test
  void what_is_broken_is_named() throws IOException {
    storage.write(Bars.of("AAPL", 5, 1));
    Files.write(file("AAPL.parquet"), new byte[] {1, 2, 3});
    storage.write(Bars.of("MSFT", 5, 1));
    Files.writeString(file("MSFT.json"), "{");

    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> storage.read(AAPL))
        .withMessageContaining("equities/daily/AAPL.parquet");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.read("equities/daily/MSFT"))
        .withMessageContaining("equities/daily/MSFT.json");
  }

  @Test
  void nothing_outside_the_directory_is_read_written_or_listed() throws IOException {
    Path data = root.resolve("data");
    Path outside = Files.createDirectory(root.resolve("outside"));
    try (Storage other = open(root.resolve("other"));
        Storage inside = open(data)) {
      other.write(Bars.of("AAPL", 1, 1));
      Files.createDirectory(data.resolve("equities"));
      Files.createSymbolicLink(
          data.resolve("equities/daily"), root.resolve("other/equities/daily"));
      Files.createSymbolicLink(data.resolve("index"), outside);

      assertThatThrownBy(() -> inside.read(AAPL)).isInstanceOf(PathTraversalException.class);
      assertThatThrownBy(() -> inside.write(full())).isInstanceOf(PathTraversalException.class);
      assertThatThrownBy(() -> inside.delete(AAPL)).isInstanceOf(PathTraversalException.class);
      assertThatThrownBy(() -> inside.write(Bars.of(StorageKey.of("index", "daily", "X"), 1, 1)))
          .isInstanceOf(PathTraversalException.class);
      assertThat(inside.listKeys()).isEmpty();
      assertThat(((PlainDirectoryStorage) inside).unusable("").keySet())
          .containsExactly("equities/daily/AAPL.parquet");
      assertThat(outside).isEmptyDirectory();
    }
  }

  @Test
  void a_file_whose_name_is_no_key_is_told_apart() throws IOException {
    storage.write(Bars.of("AAPL", 1, 1));
    Files.copy(file("AAPL.parquet"), file("A%41PL.parquet"));
    Files.copy(file("AAPL.parquet"), file("BTC USD.parquet"));

    assertThat(storage.listKeys()).containsExactly(AAPL);
    Map<String, StorageException> unusable = ((PlainDirectoryStorage) storage).unusable("equities");
    assertThat(unusable.keySet())
        .containsExactly("equities/daily/A%41PL.parquet", "equities/daily/BTC USD.parquet");
    assertThat(((PlainDirectoryStorage) storage).unusable("crypto")).isEmpty();
  }

  @Test
  void a_directory_that_is_only_read_is_not_created_and_not_changed() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> PlainDirectoryStorage.builder(root.resolve("none")).readOnly().build())
        .withMessageContaining("no such folder");
    storage.write(full());
    try (Storage read = PlainDirectoryStorage.builder(root).readOnly().build()) {
      assertThat(read.read(AAPL)).isEqualTo(full());
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> read.write(Bars.of("AAPL", 1, 1)))
          .withMessageContaining("read only");
      assertThatThrownBy(() -> read.append(full())).isInstanceOf(InvalidDataException.class);
      assertThatThrownBy(() -> read.delete(AAPL)).isInstanceOf(InvalidDataException.class);
    }
    assertThat(storage.read(AAPL)).isEqualTo(full());
  }

  @Test
  void what_a_crash_left_in_staging_is_deleted_when_it_is_old() throws IOException {
    storage.write(full());
    Path old = Files.writeString(root.resolve(".staging/old"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7_200)));
    Path young = Files.writeString(root.resolve(".staging/young"), "x");

    open(root).close();

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  private Path file(String name) {
    return root.resolve("equities/daily").resolve(name);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(root.resolve("equities/daily"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
