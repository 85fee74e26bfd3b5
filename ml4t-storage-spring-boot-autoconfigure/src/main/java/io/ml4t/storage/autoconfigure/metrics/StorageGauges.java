package io.ml4t.storage.autoconfigure.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.StorageStatus;
import io.ml4t.storage.lock.LockInfo;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** Gauges how each store of an application is doing. None touches the disk but the free space. */
final class StorageGauges implements MeterBinder {
  private final ListableBeanFactory beans;

  StorageGauges(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    StoreNames.storesOf(beans).forEach((name, store) -> bind(registry, name, store));
  }

  private static void bind(MeterRegistry registry, String name, FileSystemStorage store) {
    Gauges gauges = new Gauges(registry, name, store);
    gauges.add("keys", "How many keys there are", "keys", s -> s.status().keys());
    gauges.add("log.head", "The newest commit", null, s -> s.status().headSequence());
    gauges.add(
        "plain.view.lag",
        "How many keys' plain files are behind the log",
        "keys",
        s -> s.status().plainViewLag());
    gauges.add(
        "recovery.time",
        "How long the store took to open",
        "seconds",
        s -> s.status().recovery().millis() / 1e3);
    gauges.add(
        "disk.free",
        "Usable space where the data root is",
        "bytes",
        s -> s.status().root().toFile().getUsableSpace());
    gauges.add(
        "operations.running",
        "How many operations are under way",
        "operations",
        s -> s.status().load().running());
    gauges.add(
        "operations.waiting",
        "How many operations wait for room",
        "operations",
        s -> s.status().load().waiting());
    gauges.add(
        "cache.size", "How many frames are kept in memory", null, s -> readCache(s).frames());
    gauges.add(
        "cache.bytes",
        "How much of the heap the frames that are kept take",
        "bytes",
        s -> readCache(s).bytes());
    FunctionCounter.builder("ml4t.storage.cache.evictions", store, s -> readCache(s).evictions())
        .description("How many frames made room for others in memory")
        .tag("store", name)
        .register(registry);
    countGets(registry, name, "hit", store, s -> readCache(s).hits());
    countGets(registry, name, "miss", store, s -> readCache(s).misses());
    for (LockInfo.State state : LockInfo.State.values()) {
      String tag = state.name().toLowerCase(Locale.ROOT);
      Gauge.builder("ml4t.storage.locks", store, s -> count(s, state))
          .description("How many keys are locked, or waited for, in this process")
          .baseUnit("keys")
          .tag("store", name)
          .tag("state", tag)
          .register(registry);
    }
  }

  /** The name and the tag are those of Micrometer's own meters of caches. */
  private static void countGets(
      MeterRegistry registry,
      String name,
      String result,
      FileSystemStorage store,
      ToDoubleFunction<FileSystemStorage> count) {
    FunctionCounter.builder("ml4t.storage.cache.gets", store, count)
        .description("How many frames were looked for in memory, and found or not")
        .tag("store", name)
        .tag("result", result)
        .register(registry);
  }

  private static StorageStatus.ReadCache readCache(FileSystemStorage store) {
    return store.status().readCache();
  }

  private static double count(FileSystemStorage store, LockInfo.State state) {
    return store.locks().stream().filter(lock -> lock.state() == state).count();
  }

  private record Gauges(MeterRegistry registry, String name, FileSystemStorage store) {
    void add(
        String meter,
        String description,
        @Nullable String unit,
        ToDoubleFunction<FileSystemStorage> value) {
      Gauge.builder("ml4t.storage." + meter, store, value)
          .description(description)
          .baseUnit(unit)
          .tag("store", name)
          .register(registry);
    }
  }
}
