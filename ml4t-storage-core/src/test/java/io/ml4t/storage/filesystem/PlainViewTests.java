package io.ml4t.storage.filesystem;

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
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport.Remedy;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs find on disk, and what becomes of the files that they write. */
class PlainViewTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void a_write_leaves_a_parquet_file_and_its_metadata(int inlineLimit) throws IOException {
    DataObject data = Bars.of("AAPL", 252, 100);
    try (Storage storage = builder().inlineLimit(inlineLimit).build().blocking()) {
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(data);

      assertThat(plainFrame("equities/daily/AAPL")).isEqualTo(data.data());
      assertThat(Metadata.parse(Files.readString(root.resolve("equities/daily/AAPL.json"))))
          .isEqualTo(data.metadata());
      assertThat(names("equities/daily")).containsExactlyInAnyOrder("AAPL.parquet", "AAPL.json");
      assertThat(names(".ml4t/staging")).isEmpty();
      storage.delete(AAPL);
      assertThat(names("equities/daily")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void another_engine_reads_the_plain_files_of_a_store(int inlineLimit) throws Exception {
    try (Storage storage = builder().inlineLimit(inlineLimit).build().blocking();
        var duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      storage.write(Bars.of("AAPL", 252, 100));
      storage.write(Bars.of("BTC/USD", 10, 7));
      try (var rows =
          duckDb
              .createStatement()
              .executeQuery(
                  "SELECT count(*), sum(close), max(volume), min(\"timestamp\")::VARCHAR,"
                      + " any_value(typeof(\"timestamp\")) FROM read_parquet('"
                      + root
                      + "/**/*.parquet')")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(262);
        assertThat(rows.getDouble(2)).isEqualTo(252 * 225.5 + 115);
        assertThat(rows.getLong(3)).isEqualTo(1_251);
        assertThat(rows.getString(4)).startsWith("2024-01-0");
        assertThat(rows.getString(5)).isEqualTo("TIMESTAMP WITH TIME ZONE");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PlainViewMode.class)
  void a_large_frame_is_shown_as_the_mode_says(PlainViewMode mode) throws IOException {
    try (Storage storage = builder().inlineLimit(0).plainView(mode).build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
    }
    Path plain = root.resolve("equities/daily/AAPL.parquet");
    Path object = root.resolve(".ml4t/objects").resolve(names(".ml4t/objects").get(0));
    if (mode == PlainViewMode.OFF) {
      assertThat(root.resolve("equities")).doesNotExist();
    } else {
      assertThat(Files.isSameFile(plain, object)).isEqualTo(mode == PlainViewMode.LINK);
      assertThat(plain).hasSameBinaryContentAs(object);
    }
  }

  @Test
  void a_view_that_is_published_behind_shows_the_newest_version_after_a_flush() throws IOException {
    try (FileSystemStorage store = builder().publish(PublishMode.BEHIND).build()) {
      for (int rows = 1; rows <= 20; rows++) {
        store.blocking().write(Bars.of("AAPL", rows, 1));
        assertThat(store.blocking().read(AAPL).data().rowCount()).isEqualTo(rows);
      }
      store.flush().join();
      assertThat(store.status().plainViewLag()).isZero();
      assertThat(plainFrame("equities/daily/AAPL").rowCount()).isEqualTo(20);
      store.blocking().write(Bars.of("AAPL", 21, 1));
    }
    assertThat(plainFrame("equities/daily/AAPL").rowCount()).isEqualTo(21);
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(store.status().recovery().adopted()).isZero();
      assertThat(store.blocking().versions(AAPL)).hasSize(21);
    }
  }

  @Test
  void a_plain_file_that_is_missing_or_torn_is_made_anew_when_the_store_opens() throws IOException {
    try (Storage storage = builder().build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
      storage.write(Bars.of("MSFT", 6, 1));
    }
    Files.delete(root.resolve("equities/daily/AAPL.parquet"));
    Files.write(root.resolve("equities/daily/MSFT.parquet"), new byte[0]);

    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(store.status().recovery().republished()).isEqualTo(2);
      assertThat(store.status().recovery().adopted()).isZero();
      assertThat(plainFrame("equities/daily/AAPL").rowCount()).isEqualTo(5);
      assertThat(plainFrame("equities/daily/MSFT").rowCount()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void a_directory_of_foreign_files_is_adopted_when_the_store_opens(int inlineLimit)
      throws IOException {
    DataObject aapl = Bars.of("AAPL", 30, 100);
    writeForeign("equities/daily/AAPL", aapl.data());
    Files.writeString(
        root.resolve("equities/daily/AAPL.json"),
        aapl.metadata().toBuilder().exchange("NASDAQ").field("odd", 1).build().toJson());
    writeForeign("index/weekly/GSPC", Bars.daily(7, 7));
    Files.writeString(
        root.resolve("index/weekly/GSPC.manifest.json"),
        """
        {"provider": "yahoo", "symbol": "GSPC", "asset_class": "index", "frequency": "weekly"}
        """);
    writeForeign("crypto/daily/BTC%2FUSD", Bars.daily(3, 3));
    Files.writeString(root.resolve("equities/daily/broken.parquet"), "PAR1");
    Files.writeString(root.resolve("equities/daily/b%2eroken.parquet"), "PAR1");
    Path before = root.resolve("equities/daily/AAPL.parquet");
    byte[] bytes = Files.readAllBytes(before);

    try (FileSystemStorage store = builder().inlineLimit(inlineLimit).build()) {
      Storage storage = store.blocking();
      assertThat(storage.listKeys().stream().map(StorageKey::toString))
          .containsExactly("crypto/daily/BTC%2FUSD", "equities/daily/AAPL", "index/weekly/GSPC");
      assertThat(storage.read(AAPL).data()).isEqualTo(aapl.data());
      assertThat(storage.read(AAPL).metadata().exchange()).contains("NASDAQ");
      assertThat(storage.read(AAPL).metadata().fields()).containsEntry("odd", 1L);
      assertThat(storage.read("index/weekly/GSPC").metadata().provider()).isEqualTo("yahoo");
      assertThat(storage.read("crypto/daily/BTC%2FUSD").metadata().symbol()).isEqualTo("BTC/USD");
      assertThat(store.status().recovery().adopted()).isEqualTo(3);
      assertThat(store.status().recovery().refused()).isEqualTo(1);
      assertThat(Files.readAllBytes(before)).isEqualTo(bytes);
      assertThatThrownBy(() -> storage.read("equities/daily/broken"))
          .isInstanceOf(CorruptDataException.class);
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(store.status().recovery().adopted()).isZero();
      assertThat(store.status().recovery().republished()).isZero();
      assertThat(store.blocking().versions(AAPL)).hasSize(1);
    }
  }

  @Test
  void a_file_that_another_program_replaces_becomes_the_next_version() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 5, 1));
      writeForeign("equities/daily/AAPL", Bars.daily(9, 9));

      assertThat(storage.read(AAPL).data()).isEqualTo(Bars.daily(9, 9));
      assertThat(storage.versions(AAPL)).hasSize(2);
      assertThat(storage.asOf(1).read(AAPL).data().rowCount()).isEqualTo(5);

      writeForeign("equities/daily/NEW", Bars.daily(2, 2));
      assertThat(storage.exists("equities/daily/NEW")).isTrue();
      assertThat(storage.listKeys()).hasSize(2);

      writeForeign("equities/daily/OTHER", Bars.daily(2, 2));
      assertThat(store.maintenance().refresh().join()).isEqualTo(1);
      assertThat(storage.listKeys()).hasSize(3);

      storage.write(Bars.of("AAPL", 10, 1));
      assertThat(plainFrame("equities/daily/AAPL").rowCount()).isEqualTo(10);
    }
  }

  @Test
  void a_half_written_foreign_file_is_not_adopted_and_the_last_version_stays() throws IOException {
    try (Storage storage = builder().build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
      Path plain = root.resolve("equities/daily/AAPL.parquet");
      byte[] whole = encode(Bars.daily(9, 9));
      Files.delete(plain);
      Files.write(plain, Arrays.copyOf(whole, whole.length / 2));

      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(5);
      Files.write(plain, whole);
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(9);
    }
  }

  @Test
  void a_foreign_file_that_is_no_market_data_is_named() throws IOException {
    try (Storage storage = builder().build().blocking()) {
      writeForeign("equities/daily/AAPL", Bars.daily(9, 9).select(List.of("close")));

      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> storage.read(AAPL))
          .withMessageContaining("column 'timestamp' is missing");
    }
  }

  @Test
  void a_plain_tree_can_be_copied_to_a_new_root() throws IOException {
    Path copy = Files.createDirectory(root.resolve("copy"));
    try (Storage storage = FileSystemStorage.builder(root.resolve("old")).build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
    }
    Files.createDirectories(copy.resolve("equities/daily"));
    Files.copy(
        root.resolve("old/equities/daily/AAPL.parquet"),
        copy.resolve("equities/daily/AAPL.parquet"),
        StandardCopyOption.COPY_ATTRIBUTES);

    try (Storage storage = FileSystemStorage.builder(copy).build().blocking()) {
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
    }
  }

  @Test
  void a_link_that_leads_outside_is_refused_before_anything_is_touched() throws IOException {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Path data = Files.createDirectory(root.resolve("data"));
    Files.createDirectory(data.resolve("equities"));
    Files.createSymbolicLink(data.resolve("equities/daily"), outside);
    Files.createDirectory(data.resolve("equities/weekly"));
    Files.createSymbolicLink(
        data.resolve("equities/weekly/AAPL.parquet"), outside.resolve("AAPL.parquet"));

    try (FileSystemStorage store = FileSystemStorage.builder(data).build()) {
      for (String key : new String[] {"equities/daily/AAPL", "equities/weekly/AAPL"}) {
        StorageKey linked = StorageKey.parse(key);
        assertThatThrownBy(() -> store.blocking().write(Bars.of(linked, 1, 1)))
            .isInstanceOf(PathTraversalException.class);
        assertThatThrownBy(() -> store.blocking().read(linked))
            .isInstanceOf(PathTraversalException.class);
        assertThatThrownBy(() -> store.blocking().delete(linked))
            .isInstanceOf(PathTraversalException.class);
      }
      assertThat(outside).isEmptyDirectory();
      assertThat(store.status().headSequence()).isZero();
    }
  }

  @Test
  void a_repair_restores_a_broken_frame_from_its_plain_file() throws IOException {
    try (FileSystemStorage store = builder().inlineLimit(0).plainView(PlainViewMode.COPY).build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 5, 1));
      storage.write(Bars.of("MSFT", 6, 1));
      Path object = root.resolve(".ml4t/objects").resolve(objectOf("AAPL"));
      byte[] bytes = Files.readAllBytes(object);
      bytes[bytes.length / 2] ^= 4;
      Files.delete(object);
      Files.write(object, bytes);
      assertThatThrownBy(() -> storage.read(AAPL)).isInstanceOf(CorruptDataException.class);

      var report = store.maintenance().repair().join();

      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).remedy()).isEqualTo(Remedy.RESTORE);
      assertThat(report.problems().get(0).key()).isEqualTo(AAPL);
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
    }
  }

  @Test
  void a_repair_publishes_what_was_tampered_with_and_keeps_the_rest() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      store.blocking().write(Bars.of("AAPL", 5, 1));
      store.flush().join();
      Files.writeString(root.resolve("equities/daily/AAPL.json"), "{}");

      var report = store.maintenance().repair().join();

      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).file()).isEqualTo("equities/daily/AAPL.json");
      assertThat(Metadata.parse(Files.readString(root.resolve("equities/daily/AAPL.json"))))
          .isEqualTo(Bars.of("AAPL", 5, 1).metadata());
      assertThat(names(".ml4t/quarantine")).hasSize(1);
      assertThat(store.maintenance().verify().join().isClean()).isTrue();
    }
  }

  private String objectOf(String symbol) throws IOException {
    for (String name : names(".ml4t/objects")) {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(root.resolve(".ml4t/objects/" + name)));
      var footer = codec().readFooter(FrameSource.ofBytes(name, bytes));
      if (footer.keyValues().get(FrameStore.KEY).endsWith(symbol)) {
        return name;
      }
    }
    throw new AssertionError("no object of " + symbol);
  }

  private static FrameCodec codec() {
    return FrameCodec.builder().build();
  }

  private static byte[] encode(DataFrame frame) {
    var encoded = codec().encode(frame, Map.of());
    ByteBuffer all = ByteBuffer.allocate((int) encoded.length());
    encoded.buffers().forEach(all::put);
    return all.array();
  }

  /** As another program would: a temporary file, then a rename. */
  private void writeForeign(String key, DataFrame frame) throws IOException {
    Path plain = root.resolve(key + ".parquet");
    Files.createDirectories(plain.getParent());
    Path temporary = Files.write(root.resolve("foreign.tmp"), encode(frame));
    Files.move(temporary, plain, StandardCopyOption.REPLACE_EXISTING);
  }

  private DataFrame plainFrame(String key) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(root.resolve(key + ".parquet")));
    return codec().decode(FrameSource.ofBytes(key, bytes)).data();
  }

  private List<String> names(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
