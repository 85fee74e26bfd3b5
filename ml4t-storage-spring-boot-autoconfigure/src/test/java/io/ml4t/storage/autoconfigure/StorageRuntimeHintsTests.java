package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

class StorageRuntimeHintsTests {
  private final RuntimeHints hints = new RuntimeHints();

  StorageRuntimeHintsTests() {
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
        .load(RuntimeHintsRegistrar.class)
        .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
  }

  @Test
  void virtualThreadsCanBeMadeWhereTheJvmHasThem() {
    List<Method> factories =
        Arrays.stream(Executors.class.getMethods())
            .filter(method -> method.getName().equals("newVirtualThreadPerTaskExecutor"))
            .toList();
    assertThat(factories)
        .allSatisfy(
            method ->
                assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
                    .accepts(hints));
    assertThat(hints.reflection().getTypeHint(Executors.class) != null)
        .isEqualTo(!factories.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy"})
  void theNativeLibrariesOfTheCodecsAreThere(String codec) throws Exception {
    String library =
        codec.equals("zstd")
            ? "linux/amd64/libzstd-jni-" + com.github.luben.zstd.util.ZstdVersion.VERSION + ".so"
            : "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so";
    assertThat(getClass().getClassLoader().getResource(library)).isNotNull();
    assertThat(RuntimeHintsPredicates.resource().forResource(library)).accepts(hints);
  }
}
