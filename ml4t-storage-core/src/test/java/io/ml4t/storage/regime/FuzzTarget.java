package io.ml4t.storage.regime;

import java.io.IOException;
import java.util.List;

/**
 * Something in the store that reads bytes which anybody may have written, as {@link FuzzTests}
 * feeds it. Needs a public constructor without parameters.
 *
 * @param <T> what the bytes say
 */
public interface FuzzTarget<T> {
  /** Bytes as they should be, from which the fuzzer begins. */
  List<byte[]> seeds() throws IOException;

  /**
   * Reads bytes.
   *
   * @throws io.ml4t.storage.StorageException as told by the type where they cannot be understood;
   *     anything else is a finding
   */
  T read(byte[] bytes) throws IOException;

  /** Fails unless what was read, written again, reads as the same. */
  void check(T read) throws IOException;
}
