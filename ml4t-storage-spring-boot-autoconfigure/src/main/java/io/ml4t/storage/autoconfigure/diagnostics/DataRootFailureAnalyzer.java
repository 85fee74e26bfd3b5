package io.ml4t.storage.autoconfigure.diagnostics;

import io.ml4t.storage.DataRootException;
import io.ml4t.storage.autoconfigure.StoreOpeningException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because no store can be opened in the data root. */
final class DataRootFailureAnalyzer extends AbstractFailureAnalyzer<DataRootException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DataRootException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        action(cause, findCause(rootFailure, StoreOpeningException.class)),
        cause);
  }

  /** What to do; a store that the application opens itself has no property. */
  private static String action(DataRootException cause, @Nullable StoreOpeningException store) {
    String root = store == null ? "the data root" : store.property("data-root");
    return switch (cause.reason()) {
      case MISSING ->
          "Create the folder or mount it, correct %s, or %s."
              .formatted(
                  root,
                  store == null
                      ? "let the store create it"
                      : "set " + store.property("create-root") + " to true");
      case NOT_A_FOLDER -> "Move the file away, or set %s to the path of a folder.".formatted(root);
      case NOT_WRITABLE ->
          "Let the user that runs this application create and write files in the folder, and see"
              + " that its file system is neither full nor mounted read-only; or set"
              + " %s to another folder.".formatted(root);
    };
  }
}
