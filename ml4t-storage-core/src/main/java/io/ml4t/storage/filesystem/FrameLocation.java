package io.ml4t.storage.filesystem;

/**
 * Where the bytes of an immutable frame are.
 *
 * @param file relative to the internal folder: a record, a pack or an object
 * @param offset of the first byte
 * @param length in bytes
 * @param crc CRC-32C of the bytes
 */
record FrameLocation(String file, long offset, long length, int crc) {
  boolean isObject() {
    return file.startsWith("objects/");
  }

  boolean isRecord() {
    return file.startsWith("log/");
  }
}
