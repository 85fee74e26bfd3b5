package io.ml4t.storage.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Takes the properties of {@link Ml4tStorageTest}. */
final class Ml4tStorageTestContextBootstrapper
    extends TestSliceTestContextBootstrapper<Ml4tStorageTest> {}
