package io.ml4t.storage.filesystem;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), the checksum of everything the engine writes. */
final class Crc {
  private Crc() {}

  /** The checksum of the remaining bytes, which are left as they are. */
  static int of(ByteBuffer bytes) {
    return of(List.of(bytes));
  }

  /** The checksum of the remaining bytes of all buffers, which are left as they are. */
  static int of(List<ByteBuffer> buffers) {
    CRC32C crc = new CRC32C();
    buffers.forEach(buffer -> crc.update(buffer.duplicate()));
    return (int) crc.getValue();
  }
}
