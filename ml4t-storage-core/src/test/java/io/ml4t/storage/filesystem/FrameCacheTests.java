package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncSnapshot;
import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.frame.StringColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameCacheTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  /** Room for 20 of {@link #frame}, more or less, each taking less than a sixteenth. */
  private static final long ROOM = 200_000;

  private final FrameCache cache = new FrameCache(ROOM);
  private final AtomicInteger frameReads = new AtomicInteger();

  @TempDir Path root;

  @Test
  void the_frames_that_were_used_last_are_kept() {
    for (int i = 0; i < 100; i++) {
      cache.put(location(i), frame(i));
      assertThat(cache.get(location(0))).isEqualTo(frame(0));
    }
    assertThat(cache.get(location(99))).isEqualTo(frame(99));
    assertThat(cache.get(location(98))).isEqualTo(frame(98));
    assertThat(cache.get(location(1))).isNull();
    assertThat(cache.get(location(50))).isNull();
  }

  @Test
  void what_is_found_and_what_is_not_is_counted() {
    for (int i = 0; i < 100; i++) {
      cache.put(location(i), frame(i));
    }
    cache.get(location(99));
    cache.get(location(98));
    cache.get(location(0));
    StorageStatus.ReadCache status = cache.status();

    assertThat(status.hits()).isEqualTo(2);
    assertThat(status.misses()).isEqualTo(1);
    assertThat(status.frames()).isBetween(1, 99);
    assertThat(status.evictions()).isEqualTo(100 - status.frames());
    assertThat(status.bytes()).isBetween(1L, ROOM);
  }

  @Test
  void a_frame_that_would_drive_out_many_others_is_not_kept() {
    cache.put(location(1), Bars.of(AAPL, 2_000, 1));
    cache.put(
        location(2),
        Bars.of(AAPL, 1, 1)
            .withData(Bars.daily(1, 1).withColumn("note", StringColumn.of("x".repeat(100_000)))));

    assertThat(cache.get(location(1))).isNull();
    assertThat(cache.get(location(2))).isNull();
  }

  @Test
  void a_cache_without_room_keeps_nothing() {
    FrameCache none = new FrameCache(0);
    none.put(location(1), frame(1));

    assertThat(none.get(location(1))).isNull();
  }

  @Test
  void a_frame_is_read_from_its_file_once_and_anew_after_it_was_replaced() {
    try (FileSystemStorage storage = open(1 << 20)) {
      storage.write(Bars.of(AAPL, 3, 1)).join();
      for (int i = 0; i < 3; i++) {
        assertThat(storage.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 3, 1));
      }
      assertThat(storage.read(AAPL, ReadOptions.defaults().withColumns("close")).join().data())
          .isEqualTo(Bars.daily(3, 1).select(List.of("close")));
      assertThat(frameReads).hasValue(1);
      assertThat(storage.status().readCache().hits()).isEqualTo(3);
      assertThat(storage.status().readCache().misses()).isEqualTo(1);

      storage.write(Bars.of(AAPL, 3, 2)).join();
      assertThat(storage.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 3, 2));
      assertThat(frameReads).hasValue(2);
    }
  }

  @Test
  void a_frame_that_another_store_has_replaced_is_read_from_its_file() {
    try (FileSystemStorage storage = open(1 << 20);
        FileSystemStorage other = FileSystemStorage.builder(root).build()) {
      storage.write(Bars.of(AAPL, 3, 1)).join();
      storage.read(AAPL).join();
      other.write(Bars.of(AAPL, 3, 2)).join();
      assertThat(storage.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 3, 2));

      assertThat(frameReads).hasValue(2);
    }
  }

  @Test
  void a_version_that_was_replaced_can_still_be_read() {
    try (FileSystemStorage storage = open(1 << 20)) {
      storage.write(Bars.of(AAPL, 3, 1)).join();
      storage.read(AAPL).join();
      AsyncSnapshot before = storage.snapshot().join();
      storage.write(Bars.of(AAPL, 3, 2)).join();

      assertThat(before.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 3, 1));
    }
  }

  @Test
  void without_a_cache_each_read_is_one_of_the_file() {
    try (FileSystemStorage storage = open(0)) {
      storage.write(Bars.of(AAPL, 3, 1)).join();
      storage.read(AAPL).join();
      storage.read(AAPL).join();

      assertThat(frameReads).hasValue(2);
      assertThat(storage.status().readCache())
          .isEqualTo(new StorageStatus.ReadCache(0, 2, 0, 0, 0));
    }
  }

  private FileSystemStorage open(long readCache) {
    StorageListener counter =
        new StorageListener() {
          @Override
          public void frameRead(long rows, long bytes) {
            frameReads.incrementAndGet();
          }
        };
    return FileSystemStorage.builder(root).listener(counter).readCache(readCache).build();
  }

  private static FrameLocation location(int number) {
    return new FrameLocation(StoreLayout.record(number), 100, 4_000, number);
  }

  private static DataObject frame(int number) {
    return Bars.of(AAPL, 100, number);
  }
}
