package io.ml4t.storage.autoconfigure;

import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What a native image must hold of the store beyond what Spring finds: the factory of virtual
 * threads, which is called by reflection since it is not in Java 17, and the native libraries of
 * the codecs.
 */
final class StorageRuntimeHints implements RuntimeHintsRegistrar {

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    if (ClassUtils.hasMethod(Executors.class, "newVirtualThreadPerTaskExecutor")) {
      hints
          .reflection()
          .registerType(
              Executors.class,
              type ->
                  type.withMethod(
                      "newVirtualThreadPerTaskExecutor", List.of(), ExecutableMode.INVOKE));
    }
    hints.resources().registerPattern("linux/*/libzstd-jni-*.so");
    hints.resources().registerPattern("darwin/*/libzstd-jni-*.dylib");
    hints.resources().registerPattern("win/*/libzstd-jni-*.dll");
    hints.resources().registerPattern("org/xerial/snappy/native/**");
  }
}
