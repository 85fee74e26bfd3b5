package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ListableBeanFactory;

/** What stores are called in metrics, in traces and in Actuator: the names of their beans. */
public final class StoreNames {
  /** The name of the store that {@code ml4t.storage.data-root} configures. */
  public static final String DEFAULT = "default";

  static final String DEFAULT_BEAN = "ml4tAsyncStorage";

  private StoreNames() {}

  /** All stores of an application by their names. */
  public static Map<String, FileSystemStorage> storesOf(ListableBeanFactory beans) {
    Map<String, FileSystemStorage> stores = new TreeMap<>();
    beans.getBeansOfType(FileSystemStorage.class).forEach((bean, s) -> stores.put(of(bean), s));
    return stores;
  }

  /** The name of the store in a bean. */
  public static String of(String beanName) {
    return beanName.equals(DEFAULT_BEAN) ? DEFAULT : beanName;
  }
}
