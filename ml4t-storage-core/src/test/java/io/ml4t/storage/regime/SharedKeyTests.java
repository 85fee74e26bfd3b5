package io.ml4t.storage.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.PlainViewMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A program that knows nothing of the store and a writer of the store take turns on one key, with a
 * reader all the while. Every read gives a version that one of them has finished, and each is in
 * the history, in order.
 */
class SharedKeyTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;
  private final List<String> violations = Regime.violations();

  /** The last write that was begun, and the last that is over. */
  private final AtomicInteger begun = new AtomicInteger();

  private final AtomicInteger over = new AtomicInteger();

  /**
   * The writes of the other program between whose frame and sidecar the machine let it sleep for
   * longer than the store waits: nobody can tell then that a sidecar is to come.
   */
  private final Set<Integer> interrupted = ConcurrentHashMap.newKeySet();

  /** The writes whose frame was read with the metadata of the write before. */
  private final Set<Integer> torn = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @CsvSource({"RENAMES, LINK, 0", "RENAMES, LINK, 262144", "OVERWRITES, COPY, 0"})
  void two_writers_alternate_on_one_key(ForeignWriter other, PlainViewMode mode, int inlineLimit)
      throws IOException {
    int turns = Regime.size(40, 1_000);
    int reads;
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .plainView(mode)
            .inlineLimit(inlineLimit)
            .keepVersions(2 * turns + 1)
            .build()) {
      Storage storage = store.blocking();
      write(() -> storage.write(numbered(1)));
      CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> read(storage, turns));
      for (int turn = 1; turn <= turns; turn++) {
        write(() -> writeElsewhere(other));
        write(() -> storage.write(numbered(begun.get())));
      }
      reads = reader.join();
      checkHistory(storage);
    }
    int all = torn.size();
    torn.removeAll(interrupted);
    int excused = all - torn.size();
    torn.forEach(
        number -> violations.add("metadata of %d with rows of %d".formatted(number - 1, number)));
    Regime.figure(
        "shared-key %s %s %d".formatted(other, mode, inlineLimit),
        "%d turns of each writer, %d reads, wrong or lost %d, excused for a pause between two files %d"
            .formatted(turns, reads, violations.size(), excused),
        "wrong or lost 0",
        violations);
  }

  private interface Write {
    void run() throws IOException;
  }

  private void write(Write write) throws IOException {
    begun.incrementAndGet();
    write.run();
    over.incrementAndGet();
  }

  private void writeElsewhere(ForeignWriter other) throws IOException {
    long start = System.nanoTime();
    other.write(root, numbered(begun.get()));
    if (System.nanoTime() - start > ForeignWriter.UNINTERRUPTED_NANOS) {
      interrupted.add(begun.get());
    }
  }

  private int read(Storage storage, int turns) {
    int reads = 0;
    while (over.get() < 2 * turns + 1) {
      int atLeast = over.get();
      try {
        DataObject data = storage.read(AAPL);
        int number = Integer.parseInt(data.metadata().provider());
        if (data.data().equals(numbered(number + 1).data())) {
          torn.add(number + 1);
        } else if (!data.equals(numbered(number))) {
          violations.add("read the metadata of %d with %s".formatted(number, data.data()));
        } else if (number < atLeast || number > begun.get()) {
          violations.add("read %d after %d was over".formatted(number, atLeast));
        }
      } catch (RuntimeException e) {
        violations.add("read after %d: %s".formatted(atLeast, e));
      }
      reads++;
    }
    return reads;
  }

  private void checkHistory(Storage storage) {
    List<Version> versions = new ArrayList<>(storage.versions(AAPL));
    Collections.reverse(versions);
    int expected = 1;
    for (Version version : versions) {
      DataObject data = storage.asOf(version.sequence()).read(AAPL);
      if (!data.equals(numbered(expected)) && !isTorn(data, expected)) {
        violations.add(
            "version %d of the history is %s".formatted(expected, data.metadata().provider()));
      }
      expected++;
    }
    if (expected != begun.get() + 1) {
      violations.add("the history has %d versions of %d".formatted(expected - 1, begun.get()));
    }
  }

  private boolean isTorn(DataObject data, int number) {
    return interrupted.contains(number) && data.data().equals(numbered(number).data());
  }

  /** Rows and metadata that both tell which write they are of; of one size, all. */
  private static DataObject numbered(int number) {
    return new DataObject(
        Bars.daily(100, 1_000 + number),
        Metadata.builder("equities", "daily", "AAPL").provider("" + number).build());
  }

  @Test
  void an_overwrite_in_place_of_a_linked_file_is_named_and_never_read_as_an_older_version()
      throws IOException {
    Path plain = root.resolve(AAPL + ".parquet");
    try (FileSystemStorage store = FileSystemStorage.builder(root).inlineLimit(0).build()) {
      Storage storage = store.blocking();
      storage.write(numbered(1));
      Version second = storage.put(numbered(2), WriteOptions.defaults());
      byte[] third = ForeignWriter.encode(numbered(3));
      assertThat(plain.toFile().setWritable(true)).isTrue(); // For those who are not root.

      ForeignWriter.overwrite(plain, Arrays.copyOf(third, third.length / 2));
      assertThatExceptionOfType(CorruptDataException.class)
          .isThrownBy(() -> storage.read(AAPL))
          .withMessageContaining("objects/")
          .withMessageContaining("changed in place")
          .withMessageContaining("plain-view.mode: copy");

      ForeignWriter.overwrite(plain, third);
      assertThat(storage.read(AAPL).data()).isEqualTo(numbered(3).data());
      assertThatExceptionOfType(CorruptDataException.class)
          .isThrownBy(() -> storage.asOf(second.sequence()).read(AAPL))
          .withMessageContaining("changed in place");
      assertThat(storage.asOf(second.sequence() - 1).read(AAPL)).isEqualTo(numbered(1));
      assertThat(store.maintenance().verify().join().problems())
          .anySatisfy(problem -> assertThat(problem.toString()).contains("objects/"));
      assertThat(Files.exists(plain)).isTrue();
    }
  }
}
