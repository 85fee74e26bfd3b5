package io.ml4t.storage.autoconfigure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.filesystem.FileSystemStorage;
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
