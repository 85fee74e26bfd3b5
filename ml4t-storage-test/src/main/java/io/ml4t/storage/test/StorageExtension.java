package io.ml4t.storage.test;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an empty store of its own in a temporary folder, as a parameter of type {@link
 * AsyncStorage}, {@link FileSystemStorage} or {@link Storage}; all parameters of a test, its
 * class's constructor included, are the same store. It is closed and its folder deleted after the
 * test. For speed it does not sync to disk.
 *
 * <pre>{@code
 * @ExtendWith(StorageExtension.class)
 * class PricesTests {
 *   @Test
 *   void closesAreRead(AsyncStorage storage) {
 *     storage.write(SyntheticBars.daily("AAPL").toDataObject()).join();
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter of a {@code @BeforeAll} method is the one store of the class, which all its tests
 * are given then; so is a constructor's where the class has one instance for all tests.
 *
 * <p>Registered with {@code @RegisterExtension} it can be given settings for the store.
 */
public final class StorageExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(StorageExtension.class);

  private final Consumer<FileSystemStorageBuilder> settings;

  /** A store with default settings, but {@code durability: relaxed}. */
  public StorageExtension() {
    this(builder -> {});
  }

  /** A store with other settings. */
  public StorageExtension(Consumer<FileSystemStorageBuilder> settings) {
    this.settings = settings;
  }

  /** A class is instantiated for each test, so what its constructor takes is the test's own. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == AsyncStorage.class || type == FileSystemStorage.class || type == Storage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    FileSystemStorage storage =
        context
            .getStore(NAMESPACE)
            .computeIfAbsent(OpenStore.class, type -> open(), OpenStore.class)
            .storage();
    return parameter.getParameter().getType() == Storage.class ? storage.blocking() : storage;
  }

  private OpenStore open() {
    TemporaryFolder folder = TemporaryFolder.create();
    FileSystemStorageBuilder builder =
        FileSystemStorage.builder(folder.path()).durability(Durability.RELAXED);
    settings.accept(builder);
    return new OpenStore(builder.build(), folder);
  }

  /** What JUnit closes with the scope of the test. */
  private record OpenStore(FileSystemStorage storage, TemporaryFolder folder)
      implements AutoCloseable {
    @Override
    public void close() {
      storage.close();
      folder.close();
    }
  }
}
