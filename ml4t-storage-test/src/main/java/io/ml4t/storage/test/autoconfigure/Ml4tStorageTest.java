package io.ml4t.storage.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what uses the store, and of nothing else: an application context with the store's
 * auto-configuration and the beans that the test imports.
 *
 * <p>The store is in a temporary folder, which is deleted with the context, and is without keys and
 * tags at the start of each test method. Tests with the same settings share it, one after the other
 * even where classes run in parallel, and the commit numbers and versions of earlier tests go on;
 * {@code @DirtiesContext} makes the next test begin with a new store. For speed it does not sync to
 * disk unless {@code ml4t.storage.durability} says so. Where the application names several stores,
 * each is in a folder of its own, whatever its data root is, and the same holds for each. A store
 * that the application opens itself is left as it is.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(Ml4tStorageTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@ResourceLock("io.ml4t.storage.test.autoconfigure.Ml4tStorageTest")
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(Ml4tStorageTypeExcludeFilter.class)
@TestExecutionListeners(
    listeners = EmptyStoreTestExecutionListener.class,
    mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
@ImportAutoConfiguration
public @interface Ml4tStorageTest {

  /** Properties to add, {@code name=value}. */
  String[] properties() default {};

  /** Whether to leave out the application's components, but for those that are included. */
  boolean useDefaultFilters() default true;

  /** Components of the application to take in. */
  Filter[] includeFilters() default {};

  /** Components of the application to leave out. */
  Filter[] excludeFilters() default {};

  /** Auto-configurations to leave out. */
  @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
  Class<?>[] excludeAutoConfiguration() default {};
}
