package io.ml4t.storage.test.autoconfigure;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Takes the filters of {@link Ml4tStorageTest}; equal for equal annotations. */
final class Ml4tStorageTypeExcludeFilter
    extends StandardAnnotationCustomizableTypeExcludeFilter<Ml4tStorageTest> {
  Ml4tStorageTypeExcludeFilter(Class<?> testClass) {
    super(testClass);
  }
}
