package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.ml4t.storage.event.OperationOutcome;
import io.ml4t.storage.event.StorageOperation;
import org.jspecify.annotations.Nullable;

/** An operation of a store, as handlers and conventions of its observation see it. */
public final class StorageObservationContext extends Observation.Context {
  private final String store;
  private final StorageOperation operation;
  private volatile @Nullable OperationOutcome outcome;

  StorageObservationContext(String store, StorageOperation operation) {
    this.store = store;
    this.operation = operation;
  }

  /** The name of the store. */
  public String store() {
    return store;
  }

  /** What was asked of it. */
  public StorageOperation operation() {
    return operation;
  }

  /** How the operation ended, null until it has. */
  public @Nullable OperationOutcome outcome() {
    return outcome;
  }

  void ended(OperationOutcome result) {
    outcome = result;
  }
}
