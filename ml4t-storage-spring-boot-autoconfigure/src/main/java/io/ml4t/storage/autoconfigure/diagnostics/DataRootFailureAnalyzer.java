package io.ml4t.storage.autoconfigure.diagnostics;

import io.ml4t.storage.DataRootException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because no store can be opened in the data root. */
final class DataRootFailureAnalyzer extends AbstractFailureAnalyzer<DataRootException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DataRootException cause) {
    return new FailureAnalysis(cause.getMessage(), action(cause), cause);
  }

  private static String action(DataRootException cause) {
    return switch (cause.reason()) {
      case MISSING ->
          "Create the folder or mount it, correct ml4t.storage.data-root, or set"
              + " ml4t.storage.create-root to true.";
      case NOT_A_FOLDER ->
          "Move the file away, or set ml4t.storage.data-root to the path of a folder.";
      case NOT_WRITABLE ->
          "Let the user that runs this application create and write files in the folder, and see"
              + " that its file system is neither full nor mounted read-only; or set"
              + " ml4t.storage.data-root to another folder.";
    };
  }
}
