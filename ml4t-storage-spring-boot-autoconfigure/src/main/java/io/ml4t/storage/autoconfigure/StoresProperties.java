package io.ml4t.storage.autoconfigure;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The properties {@code ml4t.storage.stores.<name>.*} of the stores that are enabled.
 *
 * @param stores the properties of each store by its name; no two have the same data root
 * @param primary the name of the store that is injected where none is named, or null
 */
record StoresProperties(Map<String, Ml4tStorageProperties> stores, @Nullable String primary) {
  static final String PREFIX = "ml4t.storage.stores";

  private static final String SINGLE = "ml4t.storage.";
  private static final String PRIMARY = SINGLE + "primary";

  /** What has a meaning next to named stores, for all of them. */
  private static final Set<String> SHARED = Set.of("enabled", "events");

  /** Binds them; refuses what cannot work with {@link StorageConfigurationException}. */
  static StoresProperties bind(Binder binder) {
    refuseSingle(binder);
    Map<String, Ml4tStorageProperties> stores = new TreeMap<>(stores(binder));
    dropSpellingsOfTheEnvironment(stores.keySet());
    stores.values().removeIf(properties -> !properties.enabled());
    if (stores.isEmpty()) {
      throw new StorageConfigurationException(
          PREFIX,
          "enabled: false",
          "no store is left",
          "enable one, or set ml4t.storage.enabled to false");
    }
    stores.forEach(StoresProperties::refuseEvents);
    refuseSharedRoots(stores);
    return new StoresProperties(stores, primary(binder, stores.keySet()));
  }

  private static Map<String, Ml4tStorageProperties> stores(Binder binder) {
    try {
      return binder
          .bind(
              PREFIX, Bindable.mapOf(String.class, Ml4tStorageProperties.class), new PathsAsText())
          .get();
    } catch (BindException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof StorageConfigurationException refused) {
          throw refused.under(e.getName().chop(4) + ".", SINGLE);
        }
      }
      throw e;
    }
  }

  /**
   * A variable of the environment names {@code us-equities} as {@code USEQUITIES}, which Spring
   * takes for one more name though the properties of both are the same.
   */
  private static void dropSpellingsOfTheEnvironment(Set<String> names) {
    for (String name : List.copyOf(names)) {
      String variable = name.replace("-", "").toLowerCase(Locale.ROOT);
      if (!variable.equals(name)) {
        names.remove(variable);
      }
    }
  }

  /** Without this, a property of the single store would be set and ignored. */
  private static void refuseSingle(Binder binder) {
    for (RecordComponent component : Ml4tStorageProperties.class.getRecordComponents()) {
      String name = DataObjectPropertyName.toDashedForm(component.getName());
      if (!SHARED.contains(name)
          && binder
              .bind(SINGLE + name, Bindable.of(component.getType()), new PathsAsText())
              .isBound()) {
        String value =
            binder.bind(SINGLE + name, Bindable.of(String.class), new PathsAsText()).orElse("…");
        throw new StorageConfigurationException(
            SINGLE + name,
            value,
            PREFIX + " is set too, and has the stores with all their properties",
            "move it to each of the stores, as " + PREFIX + ".<name>." + name);
      }
    }
  }

  private static void refuseEvents(String name, Ml4tStorageProperties properties) {
    if (properties.events().commits()) {
      throw new StorageConfigurationException(
          property(name, "events.commits"),
          true,
          "commits become events of all stores or of none",
          "set ml4t.storage.events.commits");
    }
  }

  private static void refuseSharedRoots(Map<String, Ml4tStorageProperties> stores) {
    Map<Path, String> names = new HashMap<>();
    stores.forEach(
        (name, properties) -> {
          String other = names.putIfAbsent(realPath(properties.dataRoot()), name);
          if (other != null) {
            throw new StorageConfigurationException(
                property(name, "data-root"),
                properties.dataRoot(),
                "it is the folder of " + property(other, "data-root") + " too",
                "give each store a data root of its own");
          }
        });
  }

  private static Path realPath(String dataRoot) {
    Path path = Path.of(dataRoot);
    try {
      return path.toRealPath();
    } catch (IOException e) { // It is yet to be created.
      return path.toAbsolutePath().normalize();
    }
  }

  private static @Nullable String primary(Binder binder, Set<String> names) {
    String primary = binder.bind(PRIMARY, String.class).orElse(StoreNames.DEFAULT);
    if (names.contains(primary)) {
      return primary;
    }
    if (binder.bind(PRIMARY, String.class).isBound()) {
      throw new StorageConfigurationException(
          PRIMARY, primary, "the stores are " + names, "name one of the stores");
    }
    return null;
  }

  private static String property(String store, String name) {
    return PREFIX + "." + store + "." + name;
  }
}
