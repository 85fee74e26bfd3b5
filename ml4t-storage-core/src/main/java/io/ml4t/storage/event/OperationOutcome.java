package io.ml4t.storage.event;

import io.ml4t.storage.DataObject;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How an operation ended.
 *
 * @param rows how many rows it gives back
 * @param error why it failed, as its caller sees it; null where it did not. A {@link
 *     CancellationException} where it was cancelled before it began
 */
public record OperationOutcome(long rows, @Nullable Throwable error) {

  /** The outcome of an operation with that result. */
  public static OperationOutcome success(@Nullable Object result) {
    return new OperationOutcome(rows(result), null);
  }

  /** The outcome of an operation that failed. */
  public static OperationOutcome failure(Throwable error) {
    return new OperationOutcome(0, error);
  }

  private static long rows(@Nullable Object result) {
    if (result instanceof DataObject object) {
      return object.data().rowCount();
    }
    return result instanceof List<?> list ? rows(list) : 0;
  }

  /** A callback's list may be one that cannot be read here. */
  private static long rows(List<?> list) {
    try {
      return list.stream()
          .mapToLong(each -> each instanceof DataObject object ? object.data().rowCount() : 0)
          .sum();
    } catch (RuntimeException | Error e) {
      return 0;
    }
  }
}
