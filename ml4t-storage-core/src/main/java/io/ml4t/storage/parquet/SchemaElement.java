package io.ml4t.storage.parquet;

import org.jspecify.annotations.Nullable;

/**
 * One element of a file's schema, as the footer has it: the root, a group or a column.
 *
 * @param physicalType null for a group
 * @param fixedLength the length of a FIXED_LEN_BYTE_ARRAY
 * @param repetition 0 required, 1 optional, 2 repeated
 * @param children the number of elements right below this one
 * @param convertedType the number of the older kind of logical type, or -1
 * @param logicalType null where there is none
 */
record SchemaElement(
    String name,
    @Nullable PhysicalType physicalType,
    int fixedLength,
    int repetition,
    int children,
    int convertedType,
    @Nullable LogicalType logicalType) {

  static final int OPTIONAL = 1;
  static final int REPEATED = 2;

  static SchemaElement read(ThriftReader in) {
    PhysicalType type = null;
    int fixedLength = 0;
    int repetition = 0;
    String name = "";
    int children = 0;
    int converted = -1;
    LogicalType logical = null;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> type = PhysicalType.of(in.i32());
        case 2 -> fixedLength = in.i32();
        case 3 -> repetition = in.i32();
        case 4 -> name = in.string();
        case 5 -> children = in.i32();
        case 6 -> converted = in.i32();
        case 10 -> logical = LogicalType.read(in);
        default -> in.skip();
      }
    }
    MalformedException.check(
        children >= 0 && repetition >= 0 && repetition <= REPEATED && fixedLength >= 0,
        "the schema is broken at '" + name + "'");
    return new SchemaElement(name, type, fixedLength, repetition, children, converted, logical);
  }

  void write(ThriftWriter out) {
    if (physicalType != null) {
      out.i32(1, physicalType.id()).i32(3, repetition);
    }
    out.string(4, name);
    if (physicalType == null) {
      out.i32(5, children);
    }
    if (convertedType >= 0) {
      out.i32(6, convertedType);
    }
    if (logicalType != null) {
      logicalType.write(out.struct(10));
    }
    out.end();
  }
}
