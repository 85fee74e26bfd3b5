package io.ml4t.storage.parquet;

/** A rare form of a column that the bulk path does not know and parquet-java may. */
final class NotCoveredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotCoveredException(String what) {
    super(what);
  }
}
