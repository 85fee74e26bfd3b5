package io.ml4t.storage.test.autoconfigure;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import java.util.Collection;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Empties the stores before each test method; the context, and so the store, is shared. */
final class EmptyStoreTestExecutionListener implements TestExecutionListener {

  @Override
  public void beforeTestMethod(TestContext test) {
    Collection<AsyncStorage> stores =
        test.getApplicationContext().getBeansOfType(AsyncStorage.class).values();
    for (AsyncStorage store : stores) {
      for (StorageKey key : store.listKeys().join()) {
        store.delete(key).join();
      }
    }
  }
}
