package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does, whatever it is made of. */
public abstract class StorageContract {
  static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir protected Path root;
  protected Storage storage;

  /** What a store may be without. */
  protected enum Power {
    /** Older versions are kept, can be read, and can be restored. */
    HISTORY,
    /** The whole store can be read as of one commit. */
    SNAPSHOTS
  }

  /** An empty store. */
  protected abstract Storage open(Path root);

  /** What the store is without; asking for it must then say so. */
  protected Set<Power> lacks() {
    return Set.of();
  }

  /** Whether the store is without a power; if so, checks that asking for it says so. */
  private boolean refuses(Power power, Runnable asking) {
    if (!lacks().contains(power)) {
      return false;
    }
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(asking::run)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    return true;
  }

  @BeforeEach
  void openStore() {
    storage = open(root);
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  @Test
  void what_was_written_is_read() {
    DataObject data = Bars.of("AAPL", 252, 100);

    assertThat(storage.write(data)).isEqualTo(AAPL);

    assertThat(storage.read(AAPL)).isEqualTo(data);
    assertThat(storage.read("equities/daily/AAPL")).isEqualTo(data);
    assertThat(storage.exists(AAPL)).isTrue();
    assertThat(storage.listKeys()).containsExactly(AAPL);
  }

  @Test
  void a_frame_without_rows_is_read() {
    storage.write(Bars.of("AAPL", 0, 100));

    assertThat(storage.read(AAPL).data().rowCount()).isZero();
    assertThat(storage.versions(AAPL).get(0).firstTimestamp()).isNull();
  }

  @Test
  void the_newest_write_wins() {
    storage.write(Bars.of("AAPL", 10, 100));
    storage.write(Bars.of("AAPL", 20, 200));

    assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 20, 200));
  }

  @Test
  void a_missing_key_is_named() {
    assertThatExceptionOfType(KeyNotFoundException.class)
        .isThrownBy(() -> storage.read(AAPL))
        .withMessage("Cannot read equities/daily/AAPL: no such key")
        .satisfies(e -> assertThat(e.key()).isEqualTo(AAPL));
    assertThat(storage.exists(AAPL)).isFalse();
    assertThat(storage.listKeys()).isEmpty();
  }

  @Test
  void update_needs_a_key_that_exists_and_its_own_data() {
    assertThatExceptionOfType(KeyNotFoundException.class)
        .isThrownBy(() -> storage.update(AAPL, Bars.of("AAPL", 1, 1)));

    storage.write(Bars.of("AAPL", 10, 100));
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.update(AAPL, Bars.of("MSFT", 1, 1)))
        .withMessageContaining("equities/daily/MSFT");
    assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 10, 100));

    storage.update(AAPL, Bars.of("AAPL", 11, 100));
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(11);
  }

  @Test
  void delete_tells_whether_there_was_something() {
    storage.write(Bars.of("AAPL", 10, 100));

    assertThat(storage.delete(AAPL)).isTrue();
    assertThat(storage.delete(AAPL)).isFalse();
    assertThat(storage.exists(AAPL)).isFalse();
    assertThat(storage.listKeys()).isEmpty();
    assertThatThrownBy(() -> storage.read(AAPL)).isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void a_frame_without_a_required_column_is_refused_by_name() {
    DataObject partial =
        DataObject.ofColumns(
            Bars.daily(3, 1).select(List.of("timestamp", "close")),
            Bars.of("AAPL", 3, 1).metadata());

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.write(partial))
        .withMessageContaining("column 'open' is missing");
    assertThat(storage.exists(AAPL)).isFalse();
  }

  @Test
  void columns_and_rows_can_be_chosen() {
    storage.write(Bars.of("AAPL", 10, 100));

    DataObject read =
        storage.read(
            AAPL,
            ReadOptions.defaults()
                .withColumns("close", "volume")
                .withRange(Bars.START.plusSeconds(86_400), Bars.START.plusSeconds(3 * 86_400)));

    assertThat(read.data().columnNames()).containsExactly("close", "volume");
    assertThat(read.data().doubles("close").toArray()).containsExactly(101, 102);
    assertThatThrownBy(() -> storage.read(AAPL, ReadOptions.defaults().withColumns("vwap")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("vwap")
        .hasMessageContaining(AAPL.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAPL",
        "BRK.B",
        "BTC/USD",
        "^GSPC",
        "ES=F",
        "CON",
        "a b",
        "ÅSA",
        "aapl",
        "X.manifest"
      })
  void every_symbol_can_be_stored(String symbol) {
    StorageKey key = StorageKey.of("equities", "daily", symbol);
    storage.write(Bars.of("X", 1, 1));

    storage.write(Bars.of(symbol, 5, 7));

    assertThat(storage.read(key)).isEqualTo(Bars.of(symbol, 5, 7));
    assertThat(storage.read(StorageKey.parse(key.toString()))).isEqualTo(Bars.of(symbol, 5, 7));
    assertThat(storage.listKeys()).contains(key);
    assertThat(storage.delete(key)).isTrue();
    assertThat(storage.listKeys()).containsExactly(StorageKey.of("equities", "daily", "X"));
  }

  @Test
  void a_prefix_ends_where_a_part_ends_unless_it_ends_in_a_star() {
    for (String key : List.of("eq/daily/A", "eq/daily/AB", "eq/hourly/A", "eq2/daily/A")) {
      storage.write(Bars.of(StorageKey.parse(key), 1, 1));
    }

    assertThat(names("eq")).containsExactly("eq/daily/A", "eq/daily/AB", "eq/hourly/A");
    assertThat(names("eq/")).isEqualTo(names("eq"));
    assertThat(names("eq*")).hasSize(4);
    assertThat(names("eq/daily")).containsExactly("eq/daily/A", "eq/daily/AB");
    assertThat(names("eq/daily/A")).containsExactly("eq/daily/A");
    assertThat(names("eq/daily/A*")).containsExactly("eq/daily/A", "eq/daily/AB");
    assertThat(names("e")).isEmpty();
    assertThat(names("")).hasSize(4);
    assertThatThrownBy(() -> storage.listKeys("../eq")).isInstanceOf(InvalidKeyException.class);
  }

  private List<String> names(String prefix) {
    return storage.listKeys(prefix).stream().map(StorageKey::toString).toList();
  }

  @Test
  void if_absent_writes_only_a_new_key() {
    storage.write(Bars.of("AAPL", 1, 1), WriteOptions.ifAbsent());

    assertThatExceptionOfType(CommitConflictException.class)
        .isThrownBy(() -> storage.write(Bars.of("AAPL", 2, 2), WriteOptions.ifAbsent()))
        .satisfies(e -> assertThat(e.keys()).containsExactly(AAPL));
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(1);

    storage.delete(AAPL);
    storage.write(Bars.of("AAPL", 3, 3), WriteOptions.ifAbsent());
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(3);
  }

  @Test
  void if_version_writes_only_over_that_version() {
    Version first = storage.put(Bars.of("AAPL", 1, 1), WriteOptions.defaults());
    Version second = storage.put(Bars.of("AAPL", 2, 2), WriteOptions.ifVersion(first.sequence()));

    assertThat(second.sequence()).isGreaterThan(first.sequence());
    assertThatExceptionOfType(CommitConflictException.class)
        .isThrownBy(
            () -> storage.write(Bars.of("AAPL", 3, 3), WriteOptions.ifVersion(first.sequence())));
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(2);
  }

  @Test
  void versions_are_listed_newest_first() {
    Version first = storage.put(Bars.of("AAPL", 1, 1), WriteOptions.defaults());
    Version second = storage.put(Bars.of("AAPL", 2, 2), WriteOptions.defaults());
    if (lacks().contains(Power.HISTORY)) {
      assertThat(storage.versions(AAPL)).containsExactly(second);
      return;
    }
    storage.delete(AAPL);

    List<Version> versions = storage.versions(AAPL);

    assertThat(versions).hasSize(3);
    assertThat(versions.get(0).deleted()).isTrue();
    assertThat(versions.subList(1, 3)).containsExactly(second, first);
    assertThat(second.rows()).isEqualTo(2);
    assertThat(second.firstTimestamp()).isEqualTo(Bars.START);
    assertThat(second.lastTimestamp()).isEqualTo(Bars.START.plusSeconds(86_400));
    assertThat(second.time()).isAfter(first.time());
    assertThat(storage.versions(StorageKey.of("a", "b", "c"))).isEmpty();
  }

  @Test
  void an_older_version_can_be_read_and_restored() {
    Version first = storage.put(Bars.of("AAPL", 1, 1), WriteOptions.defaults());
    storage.write(Bars.of("AAPL", 2, 2));
    if (refuses(Power.HISTORY, () -> storage.read(AAPL, ReadOptions.asOf(first.sequence())))) {
      refuses(Power.HISTORY, () -> storage.read(AAPL, ReadOptions.asOf(first.time())));
      refuses(Power.HISTORY, () -> storage.restore(AAPL, first.sequence()));
      return;
    }
    storage.delete(AAPL);

    assertThat(storage.read(AAPL, ReadOptions.asOf(first.sequence())))
        .isEqualTo(Bars.of("AAPL", 1, 1));
    assertThat(storage.read(AAPL, ReadOptions.asOf(first.time()))).isEqualTo(Bars.of("AAPL", 1, 1));
    assertThatThrownBy(() -> storage.read(AAPL, ReadOptions.asOf(first.time().minusNanos(1_000))))
        .isInstanceOf(KeyNotFoundException.class);

    storage.restore(AAPL, first.sequence());
    assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
    assertThat(storage.versions(AAPL)).hasSize(4);
  }

  @Test
  void a_snapshot_does_not_change() {
    storage.write(Bars.of("AAPL", 1, 1));
    storage.write(Bars.of("MSFT", 1, 1));
    if (refuses(Power.SNAPSHOTS, storage::snapshot)) {
      return;
    }
    Snapshot snapshot = storage.snapshot();

    storage.write(Bars.of("AAPL", 2, 2));
    storage.delete(StorageKey.of("equities", "daily", "MSFT"));
    storage.write(Bars.of("NVDA", 3, 3));

    assertThat(snapshot.read(AAPL).data().rowCount()).isEqualTo(1);
    assertThat(snapshot.listKeys("").stream().map(StorageKey::symbol))
        .containsExactly("AAPL", "MSFT");
    assertThat(snapshot.exists(StorageKey.of("equities", "daily", "NVDA"))).isFalse();
    assertThat(snapshot.versions(AAPL)).hasSize(1);
    assertThat(storage.asOf(snapshot.sequence()).read(AAPL)).isEqualTo(snapshot.read(AAPL));
    assertThatThrownBy(() -> storage.asOf(1_000)).isInstanceOf(InvalidDataException.class);
  }

  @Test
  void read_all_keeps_the_order_of_the_keys() {
    storage.write(Bars.of("AAPL", 1, 1));
    storage.write(Bars.of("MSFT", 2, 2));
    StorageKey msft = StorageKey.of("equities", "daily", "MSFT");

    assertThat(storage.readAll(List.of(msft, AAPL)))
        .containsExactly(Bars.of("MSFT", 2, 2), Bars.of("AAPL", 1, 1));
    assertThatThrownBy(() -> storage.readAll(List.of(AAPL, StorageKey.of("a", "b", "c"))))
        .isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void a_closed_store_refuses_work() {
    storage.close();

    assertThatThrownBy(() -> storage.read(AAPL)).isInstanceOf(StorageClosedException.class);
    assertThatThrownBy(() -> storage.write(Bars.of("AAPL", 1, 1)))
        .isInstanceOf(StorageClosedException.class);
  }
}
