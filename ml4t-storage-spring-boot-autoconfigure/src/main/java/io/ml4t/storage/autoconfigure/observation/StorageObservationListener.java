package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.ml4t.storage.event.OperationListener;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.event.StorageOperation;
import org.jspecify.annotations.Nullable;

/** Observes each operation of a store, from its caller's thread to its completion. */
final class StorageObservationListener implements StorageListener {
  private static final StorageObservationConvention DEFAULT =
      new DefaultStorageObservationConvention();

  private final String store;
  private final ObservationRegistry registry;
  private final @Nullable StorageObservationConvention convention;

  StorageObservationListener(
      String store,
      ObservationRegistry registry,
      @Nullable StorageObservationConvention convention) {
    this.store = store;
    this.registry = registry;
    this.convention = convention;
  }

  @Override
  public OperationListener operationStarted(StorageOperation operation) {
    StorageObservationContext context = new StorageObservationContext(store, operation);
    Observation observation =
        StorageObservationDocumentation.OPERATION.start(
            convention, DEFAULT, () -> context, registry);
    return outcome -> {
      context.ended(outcome);
      if (outcome.error() != null) {
        observation.error(outcome.error());
      }
      observation.stop();
    };
  }
}
