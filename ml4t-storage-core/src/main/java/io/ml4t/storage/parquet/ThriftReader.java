package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads structures in Thrift's compact protocol, the encoding of Parquet's footer and page headers.
 * A caller walks the fields of a structure:
 *
 * <pre>{@code
 * for (int id = 0; (id = in.nextField(id)) != 0; ) {
 *   switch (id) {
 *     case 1 -> rows = in.i64();
 *     default -> in.skip();
 *   }
 * }
 * }</pre>
 *
 * <p>No allocation exceeds the bytes that are there, and nesting is limited. Not thread-safe.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">
 *     the specification</a>
 */
final class ThriftReader {
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int I16 = 4;
  static final int I32 = 5;
  static final int I64 = 6;
  static final int DOUBLE = 7;
  static final int BINARY = 8;
  static final int LIST = 9;
  static final int SET = 10;
  static final int MAP = 11;
  static final int STRUCT = 12;

  private static final int MAX_DEPTH = 16;

  private final ByteBuffer in;

  /** The type of the field or element that is read next. */
  private int type;

  /** Reads from the buffer's position on, and moves it. */
  ThriftReader(ByteBuffer in) {
    this.in = in;
  }

  /** The position of the next byte in the buffer. */
  int position() {
    return in.position();
  }

  /** Moves to the next field of a structure: its id, or 0 at the structure's end. */
  int nextField(int lastId) {
    int header = in.get();
    if (header == 0) {
      return 0;
    }
    type = header & 15;
    int delta = (header >>> 4) & 15;
    int id = delta == 0 ? zigzagInt() : lastId + delta;
    MalformedException.check(id > 0 && type != 0, "a structure has an invalid field");
    return id;
  }

  /** The type of the field that {@link #nextField} moved to. */
  int type() {
    return type;
  }

  boolean bool() {
    MalformedException.check(type == TRUE || type == FALSE, "expected a boolean field");
    return type == TRUE;
  }

  int i8() {
    expect(BYTE);
    return in.get();
  }

  int i32() {
    expect(I32);
    return zigzagInt();
  }

  long i64() {
    expect(I64);
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  String string() {
    byte[] bytes = new byte[binaryLength()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Enters the structure that the current field or element is. */
  void enterStruct() {
    expect(STRUCT);
  }

  /** The number of elements of the list that the current field is; each of the given type. */
  int list(int elementType) {
    expect(LIST);
    int size = listHeader();
    MalformedException.check(size == 0 || type == elementType, "a list has the wrong type");
    type = elementType;
    return size;
  }

  /** Announces another element of a list. */
  void element(int elementType) {
    type = elementType;
  }

  /** Passes over the current field. */
  void skip() {
    skip(type, 0);
  }

  private void skip(int skipped, int depth) {
    MalformedException.check(depth < MAX_DEPTH, "structures nest too deep");
    switch (skipped) {
      case TRUE, FALSE -> {}
      case BYTE -> advance(1);
      case I16, I32, I64 -> varint();
      case DOUBLE -> advance(8);
      case BINARY -> advance(binaryLengthUnchecked());
      case LIST, SET -> {
        int size = listHeader();
        int element = type;
        for (int i = 0; i < size; i++) {
          skipElement(element, depth);
        }
      }
      case MAP -> {
        int size = size(varint());
        int types = size == 0 ? 0 : in.get();
        for (int i = 0; i < size; i++) {
          skipElement((types >>> 4) & 15, depth);
          skipElement(types & 15, depth);
        }
      }
      case STRUCT -> {
        for (int id = 0; (id = nextField(id)) != 0; ) {
          skip(type, depth + 1);
        }
      }
      default -> throw new MalformedException("a field has the unknown type " + skipped);
    }
  }

  /** Unlike a field, an element that is a boolean takes a byte. */
  private void skipElement(int element, int depth) {
    if (element == TRUE || element == FALSE) {
      advance(1);
    } else {
      skip(element, depth + 1);
    }
  }

  private int listHeader() {
    int header = in.get() & 255;
    type = header & 15;
    return size(header >>> 4 == 15 ? varint() : header >>> 4);
  }

  /** Every element takes a byte at least, so a size beyond the bytes left is a lie. */
  private int size(long claimed) {
    MalformedException.check(
        claimed >= 0 && claimed <= in.remaining(), "a list is longer than its file");
    return (int) claimed;
  }

  private int binaryLength() {
    expect(BINARY);
    return binaryLengthUnchecked();
  }

  private int binaryLengthUnchecked() {
    return size(varint());
  }

  private void advance(int bytes) {
    MalformedException.check(bytes <= in.remaining(), "a structure is cut short");
    in.position(in.position() + bytes);
  }

  private void expect(int expected) {
    if (type != expected) {
      throw new MalformedException("a field has type " + type + ", expected " + expected);
    }
  }

  private int zigzagInt() {
    int value = (int) varint();
    return (value >>> 1) ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (b & 127L) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedException("a number is too long");
  }
}
