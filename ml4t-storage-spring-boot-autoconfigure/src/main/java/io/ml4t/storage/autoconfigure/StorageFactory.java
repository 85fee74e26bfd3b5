package io.ml4t.storage.autoconfigure;

import io.github.resilience4j.retry.RetryRegistry;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.parquet.Compression;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.util.ClassUtils;

/** Opens stores as properties say, with all beans that have a say in it. */
final class StorageFactory {
  private final BeanFactory beans;

  StorageFactory(BeanFactory beans) {
    this.beans = beans;
  }

  /**
   * Opens a store.
   *
   * @param prefix where its properties are
   * @throws StoreOpeningException if it cannot be opened
   */
  FileSystemStorage open(String name, String prefix, Ml4tStorageProperties properties) {
    requireCodec(prefix, properties.compression());
    Ml4tStorageProperties.Retry retry = properties.retry();
    FileSystemStorageBuilder builder =
        FileSystemStorage.builder(Path.of(properties.dataRoot()))
            .createRoot(properties.createRoot())
            .lockTimeout(properties.lockTimeout())
            .retry(retry.maxAttempts(), retry.baseDelay(), retry.maxDelay())
            .durability(properties.durability())
            .compression(properties.compression())
            .compressionLevel(properties.compressionLevel())
            .inlineLimit(Math.toIntExact(properties.inlineLimit().toBytes()))
            .readCache(properties.readCache().toBytes())
            .keepVersions(properties.versions().keep())
            .minVersionAge(properties.versions().minAge())
            .checkpointInterval(properties.checkpointInterval())
            .plainView(properties.plainView().mode())
            .publish(properties.plainView().publish())
            .inFlight(properties.inFlight().maxOperations())
            .queue(properties.inFlight().maxQueue(), properties.inFlight().maxQueueWait())
            .closeTimeout(properties.closeTimeout());
    long maxBytes = properties.inFlight().maxBytes().toBytes();
    if (maxBytes > 0) {
      builder.bytesInFlight(maxBytes);
    }
    List<TaskDecorator> decorators =
        beans.getBeanProvider(TaskDecorator.class).orderedStream().toList();
    if (!decorators.isEmpty()) {
      builder.taskDecorator(new CompositeTaskDecorator(decorators)::decorate);
    }
    beans
        .getBeanProvider(RetryRegistry.class)
        .ifUnique(registry -> builder.retryRegistry(registry, retryPrefix(name)));
    beans.getBeanProvider(StorageListener.class).orderedStream().forEach(builder::listener);
    beans
        .getBeanProvider(StorageListenerFactory.class)
        .orderedStream()
        .forEach(factory -> builder.listener(factory.listener(name)));
    beans
        .getBeanProvider(FileSystemStorageBuilderCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(builder));
    try {
      return builder.build();
    } catch (StorageException e) {
      throw new StoreOpeningException(prefix, properties.dataRoot(), e);
    }
  }

  private static String retryPrefix(String name) {
    return name.equals(StoreNames.DEFAULT) ? "ml4t-storage" : "ml4t-storage-" + name;
  }

  /** Says at the start what would else be an error of the first write. */
  private static void requireCodec(String prefix, Compression compression) {
    String codec =
        switch (compression) {
          case ZSTD -> "com.github.luben.zstd.Zstd com.github.luben:zstd-jni";
          case SNAPPY -> "org.xerial.snappy.Snappy org.xerial.snappy:snappy-java";
          case LZ4_RAW -> "io.airlift.compress.lz4.Lz4Compressor io.airlift:aircompressor";
          default -> "";
        };
    if (codec.isEmpty()) {
      return;
    }
    String[] names = codec.split(" ", 2);
    if (!ClassUtils.isPresent(names[0], StorageFactory.class.getClassLoader())) {
      throw new StorageConfigurationException(
          prefix + ".compression",
          compression.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          "class " + names[0] + " is not on the class path",
          "add the dependency " + names[1] + ", or choose another compression");
    }
  }
}
