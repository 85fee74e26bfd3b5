package io.ml4t.storage.test.autoconfigure;

import io.ml4t.storage.test.TemporaryFolder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the context of each {@link Ml4tStorageTest} a data root of its own. */
final class TemporaryRootContextCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return TestContextAnnotationUtils.hasAnnotation(testClass, Ml4tStorageTest.class)
        ? new TemporaryRoot()
        : null;
  }

  /** Equal to all others, so that tests with equal settings share a context. */
  private record TemporaryRoot() implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      TemporaryFolder folder = TemporaryFolder.create();
      MutablePropertySources sources = context.getEnvironment().getPropertySources();
      sources.addFirst(
          new MapPropertySource(
              "temporary data root", Map.of("ml4t.storage.data-root", folder.path().toString())));
      sources.addLast(
          new MapPropertySource(
              "defaults of store tests", Map.of("ml4t.storage.durability", "relaxed")));
      // What is registered first is destroyed last: after the store.
      ((DefaultSingletonBeanRegistry) context.getBeanFactory())
          .registerDisposableBean("ml4tTemporaryRoot", folder::close);
    }
  }
}
