package io.ml4t.storage.parquet;

/**
 * Decodes the values of one page into an array. An encoding overrides the methods of the types that
 * it can hold.
 */
abstract class ValueDecoder implements ColumnBuffer.Filler {
  /**
   * Makes sure that the page holds so many values. Called once, before the array gets room for
   * them.
   *
   * @throws MalformedException if the page holds fewer
   */
  abstract void require(int count);

  /** Decodes {@code count} values into the array from {@code from} on. Called once. */
  @Override
  public final void decode(Object out, int from, int count) {
    if (out instanceof double[] doubles) {
      decode(doubles, from, count);
    } else if (out instanceof long[] longs) {
      decode(longs, from, count);
    } else if (out instanceof int[] ints) {
      decode(ints, from, count);
    } else if (out instanceof float[] floats) {
      decode(floats, from, count);
    } else if (out instanceof boolean[] booleans) {
      decode(booleans, from, count);
    } else if (out instanceof String[] strings) {
      decode(strings, from, count);
    } else {
      decode((byte[][]) out, from, count);
    }
  }

  void decode(boolean[] out, int from, int count) {
    throw mismatch("booleans");
  }

  void decode(int[] out, int from, int count) {
    throw mismatch("32-bit integers");
  }

  void decode(long[] out, int from, int count) {
    throw mismatch("64-bit integers");
  }

  void decode(float[] out, int from, int count) {
    throw mismatch("floats");
  }

  void decode(double[] out, int from, int count) {
    throw mismatch("doubles");
  }

  void decode(String[] out, int from, int count) {
    throw mismatch("text");
  }

  void decode(byte[][] out, int from, int count) {
    throw mismatch("bytes");
  }

  private MalformedException mismatch(String type) {
    return new MalformedException(getClass().getSimpleName() + " cannot hold " + type);
  }
}
