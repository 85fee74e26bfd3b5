package io.ml4t.storage.parquet;

/** Bytes that are not what the format says. {@link FrameCodec} adds the name of the file. */
class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedException(String reason) {
    super(reason);
  }

  static void check(boolean holds, String reason) {
    if (!holds) {
      throw new MalformedException(reason);
    }
  }
}
