package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Applications on real class paths, in a class loader that has those jars and no others. A class
 * loader that only hides classes from conditions would not show what fails to link.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClassPathTests {
  @TempDir Path root;

  @Test
  void withTheHealthModuleTheStoresHealthIsABean() throws Exception {
    assertThat(beanNames(jar -> true)).contains("ml4tAsyncStorage", "ml4tStorageHealthContributor");
  }

  @Test
  void withoutTheHealthModuleTheStoreHasNoHealth() throws Exception {
    assertThat(beanNames(jar -> !jar.contains("spring-boot-health")))
        .contains("ml4tAsyncStorage", "ml4tBlockingStorage")
        .noneMatch(name -> name.contains("ealth"));
  }

  @Test
  void withoutMetersActuatorShowsTheStore() throws Exception {
    assertThat(beanNames(jar -> !jar.matches("micrometer-core.*|spring-boot-micrometer-metrics.*")))
        .contains("ml4tAsyncStorage", "ml4tStorageHealthContributor", "ml4tStorageEndpoint")
        .noneMatch(name -> name.contains("Meters") || name.contains("Gauges"));
  }

  @Test
  void withoutActuatorTheStoreStartsAlone() throws Exception {
    assertThat(
            beanNames(
                jar ->
                    !jar.matches(
                        "spring-boot-(actuator|health|micrometer).*|micrometer-core.*"
                            + "|reactor-.*|reactive-.*|spring-webflux.*")))
        .contains("ml4tAsyncStorage", "ml4tBlockingStorage")
        .noneMatch(name -> name.matches("ml4tStorage(Health|Endpoint|Meters|Gauges|Observ).*"));
  }

  @Test
  void withoutItsCodecTheStoreDoesNotStart(CapturedOutput output) {
    assertThatExceptionOfType(InvocationTargetException.class)
        .isThrownBy(() -> beanNames(jar -> !jar.startsWith("zstd-jni")))
        .withStackTraceContaining(
            "Cannot set ml4t.storage.compression to 'zstd': class com.github.luben.zstd.Zstd is not"
                + " on the class path; add the dependency com.github.luben:zstd-jni");
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Property: ml4t.storage.compression")
        .contains("Reason: class com.github.luben.zstd.Zstd is not on the class path")
        .contains("Add the dependency com.github.luben:zstd-jni, or choose another compression.");
  }

  private Set<String> beanNames(Predicate<String> jars) throws Exception {
    return Set.of(
        IsolatedClassPath.of(jars)
            .call(MinimalApplication.class, "beanNames", "ml4t.storage.data-root=" + root));
  }
}
