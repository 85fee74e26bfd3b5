package io.ml4t.storage.filesystem;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageKey;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32C;

/**
 * A frame that is encoded while it is written: as often as it is asked for, to the same bytes,
 * whose number and checksum are known afterwards. Not thread-safe.
 */
final class EncodedParts implements Iterable<ByteBuffer> {
  /** The bytes that one file may hold: a buffer must hold them when it is read. */
  static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  private final StorageKey key;
  private final Iterable<ByteBuffer> parts;
  private final Semaphore encoders;
  private final CRC32C crc = new CRC32C();
  private long length;

  /**
   * @param encoders a permit is held while a part is encoded
   */
  EncodedParts(StorageKey key, Iterable<ByteBuffer> parts, Semaphore encoders) {
    this.key = key;
    this.parts = parts;
    this.encoders = encoders;
  }

  @Override
  public Iterator<ByteBuffer> iterator() {
    Iterator<ByteBuffer> each = parts.iterator();
    crc.reset();
    length = 0;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public ByteBuffer next() {
        encoders.acquireUninterruptibly();
        try {
          return counted(each.next());
        } finally {
          encoders.release();
        }
      }
    };
  }

  private ByteBuffer counted(ByteBuffer part) {
    length += part.remaining();
    check(key, length);
    crc.update(part.duplicate());
    return part;
  }

  /**
   * Refuses a frame that takes more than {@link #MAX_BYTES}.
   *
   * @param length of its file in bytes, or of what is known of it
   */
  static void check(StorageKey key, long length) {
    if (length > MAX_BYTES) {
      throw new InvalidDataException(
          "Cannot store %s: its file would be larger than %d bytes; split the frame by time"
              .formatted(key, MAX_BYTES));
    }
  }

  /** The bytes that the last iteration gave. */
  long length() {
    return length;
  }

  /** CRC-32C of the bytes that the last iteration gave. */
  int crc() {
    return (int) crc.getValue();
  }
}
