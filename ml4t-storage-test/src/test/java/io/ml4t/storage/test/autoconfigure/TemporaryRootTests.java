package io.ml4t.storage.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.ContextCustomizer;

class TemporaryRootTests {
  private final TemporaryRootContextCustomizerFactory factory =
      new TemporaryRootContextCustomizerFactory();

  @Test
  void the_folder_is_deleted_with_the_context_after_all_beans() {
    ContextCustomizer customizer = factory.createContextCustomizer(Annotated.class, null);
    boolean[] thereWhenTheBeanCloses = new boolean[1];
    Path root;
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      customizer.customizeContext(context, null);
      root = Path.of(context.getEnvironment().getProperty("ml4t.storage.data-root"));
      context.registerBean(
          AutoCloseable.class, () -> () -> thereWhenTheBeanCloses[0] = root.toFile().exists());
      context.refresh();
    }
    assertThat(thereWhenTheBeanCloses[0]).isTrue();
    assertThat(root).doesNotExist();
  }

  @Test
  void equal_tests_share_a_context() {
    assertThat(factory.createContextCustomizer(Annotated.class, null))
        .isEqualTo(factory.createContextCustomizer(Other.class, null));
  }

  @Test
  void other_tests_are_left_alone() {
    assertThat(factory.createContextCustomizer(TemporaryRootTests.class, null)).isNull();
  }

  @Ml4tStorageTest
  private static class Annotated {}

  @Ml4tStorageTest
  private static class Other {}
}
