package io.ml4t.storage.test.autoconfigure;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.TemporaryFolder;
import java.nio.file.Path;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Removes all keys and tags before each test method; the context, and so the stores, are shared. A
 * store that is not in the temporary folder is the application's own, and left alone.
 */
final class EmptyStoreTestExecutionListener implements TestExecutionListener {

  @Override
  public void beforeTestMethod(TestContext test) {
    ApplicationContext context = test.getApplicationContext();
    Path folder = context.getBean(TemporaryRoots.BEAN, TemporaryFolder.class).path();
    for (FileSystemStorage store : context.getBeansOfType(FileSystemStorage.class).values()) {
      if (store.status().root().startsWith(folder)) {
        for (StorageKey key : store.listKeys().join()) {
          store.delete(key).join();
        }
        for (String tag : store.tags().join().keySet()) {
          store.untag(tag).join();
        }
      }
    }
  }
}
