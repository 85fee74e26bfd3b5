package io.ml4t.storage.autoconfigure.diagnostics;

import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.autoconfigure.StoreOpeningException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because a newer release has written the data root. */
final class UnsupportedFormatFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsupportedFormatException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedFormatException cause) {
    return new FailureAnalysis(
        cause.getMessage() + where(findCause(rootFailure, StoreOpeningException.class)),
        "Use the release of ml4t-storage-spring-boot-starter that wrote the data root, or a newer"
            + " one. Nothing in the data root was changed.",
        cause);
  }

  /** The error names a file within the data root only. */
  private static String where(@Nullable StoreOpeningException store) {
    return store == null
        ? ""
        : "%n%n    Property: %s%n    Value: \"%s\""
            .formatted(store.property("data-root"), store.dataRoot());
  }
}
