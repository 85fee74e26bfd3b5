package io.ml4t.storage.event;

/** Hears how one operation ends. */
@FunctionalInterface
public interface OperationListener {

  /** Hears nothing. */
  OperationListener NONE = outcome -> {};

  /** The operation is over. Runs on the thread that completes it, before its future is complete. */
  void ended(OperationOutcome outcome);
}
