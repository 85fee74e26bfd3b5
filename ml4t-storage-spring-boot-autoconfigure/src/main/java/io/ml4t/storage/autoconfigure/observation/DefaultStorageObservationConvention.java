package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.common.KeyValues;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.observation.StorageObservationDocumentation.HighCardinality;
import io.ml4t.storage.autoconfigure.observation.StorageObservationDocumentation.LowCardinality;
import io.ml4t.storage.event.OperationOutcome;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The names in {@link StorageObservationDocumentation}. */
public class DefaultStorageObservationConvention implements StorageObservationConvention {
  private static final String NONE = "none";

  @Override
  public String getName() {
    return "ml4t.storage.operation";
  }

  @Override
  public String getContextualName(StorageObservationContext context) {
    return "storage " + context.operation().name();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(StorageObservationContext context) {
    OperationOutcome outcome = context.outcome();
    Throwable error = outcome == null ? null : outcome.error();
    return KeyValues.of(
        LowCardinality.STORE.withValue(context.store()),
        LowCardinality.OPERATION.withValue(context.operation().name()),
        LowCardinality.OUTCOME.withValue(outcome == null ? "unknown" : outcome(error)),
        LowCardinality.ERROR.withValue(error == null ? NONE : error.getClass().getSimpleName()));
  }

  private static String outcome(@Nullable Throwable error) {
    if (error == null) {
      return "success";
    }
    return error instanceof CancellationException ? "cancelled" : "error";
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(StorageObservationContext context) {
    StorageKey key = context.operation().key();
    OperationOutcome outcome = context.outcome();
    long rows = context.operation().rows() + (outcome == null ? 0 : outcome.rows());
    return KeyValues.of(
        HighCardinality.KEY.withValue(key == null ? NONE : key.toString()),
        HighCardinality.ROWS.withValue(Long.toString(rows)));
  }
}
