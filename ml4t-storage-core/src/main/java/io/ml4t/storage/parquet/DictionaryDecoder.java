package io.ml4t.storage.parquet;

import java.util.Arrays;

/**
 * RLE_DICTIONARY, and its older name PLAIN_DICTIONARY: indices into the values of the chunk's
 * dictionary page, as runs after a byte that tells their width.
 */
final class DictionaryDecoder extends ValueDecoder {
  private final Object dictionary;
  private final RunLengthDecoder runs;
  private final int[] indices;

  /**
   * @param dictionary an array of the type that is decoded
   */
  DictionaryDecoder(Bytes in, Object dictionary, int[] scratch) {
    this.dictionary = dictionary;
    this.runs = new RunLengthDecoder(in.skip(1), in.array()[in.from()] & 255);
    this.indices = scratch;
  }

  @Override
  void require(int count) {
    runs.require(count);
  }

  @Override
  void decode(int[] out, int from, int count) {
    int[] values = (int[]) dictionary;
    for (int done = 0, n; done < count; done += n) {
      n = runs.repeated(count - done);
      if (n > 0) {
        Arrays.fill(out, from + done, from + done + n, values[runs.pass(n)]);
      } else {
        n = next(count - done);
        for (int i = 0; i < n; i++) {
          out[from + done + i] = values[indices[i]];
        }
      }
    }
  }

  @Override
  void decode(long[] out, int from, int count) {
    long[] values = (long[]) dictionary;
    for (int done = 0, n; done < count; done += n) {
      n = runs.repeated(count - done);
      if (n > 0) {
        Arrays.fill(out, from + done, from + done + n, values[runs.pass(n)]);
      } else {
        n = next(count - done);
        for (int i = 0; i < n; i++) {
          out[from + done + i] = values[indices[i]];
        }
      }
    }
  }

  @Override
  void decode(float[] out, int from, int count) {
    float[] values = (float[]) dictionary;
    for (int done = 0, n; done < count; done += n) {
      n = next(count - done);
      for (int i = 0; i < n; i++) {
        out[from + done + i] = values[indices[i]];
      }
    }
  }

  @Override
  void decode(double[] out, int from, int count) {
    double[] values = (double[]) dictionary;
    for (int done = 0, n; done < count; done += n) {
      n = runs.repeated(count - done);
      if (n > 0) {
        Arrays.fill(out, from + done, from + done + n, values[runs.pass(n)]);
      } else {
        n = next(count - done);
        for (int i = 0; i < n; i++) {
          out[from + done + i] = values[indices[i]];
        }
      }
    }
  }

  @Override
  void decode(boolean[] out, int from, int count) {
    boolean[] values = (boolean[]) dictionary;
    for (int done = 0, n; done < count; done += n) {
      n = next(count - done);
      for (int i = 0; i < n; i++) {
        out[from + done + i] = values[indices[i]];
      }
    }
  }

  @Override
  void decode(String[] out, int from, int count) {
    gather((String[]) dictionary, out, from, count);
  }

  @Override
  void decode(byte[][] out, int from, int count) {
    gather((byte[][]) dictionary, out, from, count);
  }

  private <T> void gather(T[] values, T[] out, int from, int count) {
    for (int done = 0, n; done < count; done += n) {
      n = next(count - done);
      for (int i = 0; i < n; i++) {
        out[from + done + i] = values[indices[i]];
      }
    }
  }

  private int next(int left) {
    int n = Math.min(left, indices.length);
    runs.read(indices, 0, n);
    return n;
  }
}
