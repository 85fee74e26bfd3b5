package io.ml4t.storage.test.autoconfigure;

import io.ml4t.storage.test.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the store of a context into a temporary folder, and each of several named ones into one of
 * its own. Equal to all others, so that tests with equal settings share a context.
 */
record TemporaryRoots() implements ContextCustomizer {
  static final String BEAN = "ml4tTemporaryRoot";

  private static final String SINGLE = "ml4t.storage";
  private static final String STORES = SINGLE + ".stores";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    TemporaryFolder folder = TemporaryFolder.create();
    Map<String, Object> roots = new HashMap<>();
    Map<String, Object> defaults = new HashMap<>();
    rootsByPrefix(context.getEnvironment(), folder.path())
        .forEach(
            (prefix, root) -> {
              roots.put(prefix + ".data-root", root.toString());
              defaults.put(prefix + ".durability", "relaxed");
            });
    MutablePropertySources sources = context.getEnvironment().getPropertySources();
    sources.addFirst(new MapPropertySource("temporary data roots", roots));
    sources.addLast(new MapPropertySource("defaults of store tests", defaults));
    context.getBeanFactory().registerSingleton(BEAN, folder);
    // What is registered first is destroyed last: after the stores.
    ((DefaultSingletonBeanRegistry) context.getBeanFactory())
        .registerDisposableBean(BEAN, folder::close);
  }

  private static Map<String, Path> rootsByPrefix(Environment environment, Path folder) {
    Set<String> names =
        Binder.get(environment)
            .bind(STORES, Bindable.mapOf(String.class, Object.class))
            .orElse(Map.of())
            .keySet();
    if (names.isEmpty()) {
      return Map.of(SINGLE, folder);
    }
    Map<String, Path> roots = new HashMap<>();
    for (String name : names) {
      // A root that is not to be created is there.
      roots.put(prefix(name), createFolder(folder.resolve(name)));
    }
    return roots;
  }

  private static String prefix(String name) {
    return STORES + (name.matches("[\\w-]+") ? "." + name : "[" + name + "]");
  }

  private static Path createFolder(Path folder) {
    try {
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary folder", e);
    }
  }
}
