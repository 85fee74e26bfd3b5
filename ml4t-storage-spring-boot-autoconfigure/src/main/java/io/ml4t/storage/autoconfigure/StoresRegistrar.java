package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers each named store as a bean of that name, and its blocking twin with {@code Blocking}
 * added to it.
 */
final class StoresRegistrar implements BeanRegistrar {

  @Override
  public void register(BeanRegistry registry, Environment environment) {
    StoresProperties stores = StoresProperties.bind(Binder.get(environment));
    stores
        .stores()
        .forEach(
            (name, properties) -> {
              boolean primary = name.equals(stores.primary());
              register(registry, name, properties, primary);
              registerTwin(registry, name, primary);
            });
  }

  private static void register(
      BeanRegistry registry, String name, Ml4tStorageProperties properties, boolean primary) {
    registry.registerBean(
        name,
        FileSystemStorage.class,
        bean -> {
          bean.supplier(
              beans ->
                  beans
                      .bean(StorageFactory.class)
                      .open(name, StoresProperties.PREFIX + "." + name, properties));
          if (primary) {
            bean.primary();
          }
        });
  }

  /**
   * A prototype, for Spring closes those never: closing a twin would close the store, which Spring
   * does as the store's own bean. Twins of a store are all alike.
   */
  private static void registerTwin(BeanRegistry registry, String name, boolean primary) {
    registry.registerBean(
        name + "Blocking",
        Storage.class,
        bean -> {
          bean.prototype().supplier(beans -> beans.bean(name, FileSystemStorage.class).blocking());
          if (primary) {
            bean.primary();
          }
        });
  }
}
