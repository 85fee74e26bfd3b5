package io.ml4t.storage.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Writes structures in Thrift's compact protocol, in the order of their field ids. The counterpart
 * of {@link ThriftReader}. Not thread-safe.
 */
final class ThriftWriter {
  private static final int MAX_DEPTH = 16;

  private final Sink out;
  private final int[] outerIds = new int[MAX_DEPTH];
  private int depth;
  private int lastId;

  ThriftWriter(Sink out) {
    this.out = out;
  }

  ThriftWriter i32(int id, int value) {
    header(id, ThriftReader.I32);
    return i32Element(value);
  }

  ThriftWriter i64(int id, long value) {
    header(id, ThriftReader.I64);
    return i64Element(value);
  }

  ThriftWriter bool(int id, boolean value) {
    header(id, value ? ThriftReader.TRUE : ThriftReader.FALSE);
    return this;
  }

  ThriftWriter string(int id, String value) {
    return binary(id, value.getBytes(StandardCharsets.UTF_8));
  }

  ThriftWriter binary(int id, byte[] value) {
    header(id, ThriftReader.BINARY);
    return binaryElement(value);
  }

  /** Begins a structure that is a field; {@link #end} ends it. */
  ThriftWriter struct(int id) {
    header(id, ThriftReader.STRUCT);
    return structElement();
  }

  /** Begins a structure that is an element of a list; {@link #end} ends it. */
  ThriftWriter structElement() {
    outerIds[depth++] = lastId;
    lastId = 0;
    return this;
  }

  /** Ends the innermost structure, or the outermost. */
  ThriftWriter end() {
    out.put(0);
    lastId = depth == 0 ? 0 : outerIds[--depth];
    return this;
  }

  /** Announces a list; the elements follow. */
  ThriftWriter list(int id, int elementType, int size) {
    header(id, ThriftReader.LIST);
    if (size < 15) {
      out.put(size << 4 | elementType);
    } else {
      out.put(15 << 4 | elementType);
      out.putVarint(size);
    }
    return this;
  }

  ThriftWriter i32Element(int value) {
    out.putVarint(((long) value << 1 ^ value >> 31) & 0xFFFFFFFFL);
    return this;
  }

  ThriftWriter i64Element(long value) {
    out.putVarint(value << 1 ^ value >> 63);
    return this;
  }

  ThriftWriter boolElement(boolean value) {
    out.put(value ? ThriftReader.TRUE : ThriftReader.FALSE);
    return this;
  }

  ThriftWriter binaryElement(byte[] value) {
    out.putVarint(value.length);
    out.put(value, 0, value.length);
    return this;
  }

  /** Writes a field whose encoded value is known. */
  ThriftWriter raw(int id, int type, byte[] value, int from, int length) {
    header(id, type);
    out.put(value, from, length);
    return this;
  }

  private void header(int id, int type) {
    int delta = id - lastId;
    if (delta > 0 && delta < 16) {
      out.put(delta << 4 | type);
    } else {
      out.put(type);
      out.putVarint((id << 1 ^ id >> 31) & 0xFFFFFFFFL);
    }
    lastId = id;
  }
}
