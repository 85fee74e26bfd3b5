package io.ml4t.storage.frame;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values of a record or bean class as columns. They travel between objects and primitive arrays
 * through method handles, without boxing. Immutable and cached per class.
 */
final class RowShape {
  private static final ClassValue<RowShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RowShape computeValue(Class<?> type) {
          try {
            return type.isRecord() ? RecordParts.shapeOf(type) : BeanParts.shapeOf(type);
          } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalArgumentException(
                "Cannot map "
                    + type.getName()
                    + ": it is not accessible; make it public in an exported package, or open its"
                    + " package to this library",
                e);
          }
        }
      };

  /**
   * One value of each object: a component of a record, a property of a bean.
   *
   * @param column its column's name
   * @param store the handle {@code (array, row, object)} that puts it into an array
   */
  record Part(String column, ComponentType type, MethodHandle store) {
    /**
     * A value of each object.
     *
     * @param get takes an object to the value
     */
    static Part of(String column, ComponentType type, MethodHandle get) {
      MethodHandle setter = MethodHandles.arrayElementSetter(type.javaType().arrayType());
      MethodHandle store =
          MethodHandles.filterArguments(setter, 2, get)
              .asType(methodType(void.class, Object.class, int.class, Object.class));
      return new Part(column, type, store);
    }
  }

  private final Class<?> type;
  private final List<Part> parts;

  /** Takes one value per part to the object. */
  private final MethodHandle maker;

  /**
   * The shape of a class.
   *
   * @param maker takes one value per part, in their order, to an object of the class
   * @throws IllegalArgumentException if there is no part, or two stand for one column
   */
  RowShape(Class<?> type, List<Part> parts, MethodHandle maker) {
    this.type = type;
    this.parts = parts;
    this.maker = maker;
    Set<String> columns = new HashSet<>();
    for (Part part : parts) {
      if (!columns.add(part.column())) {
        throw failure(type, "map", "two of its values stand for column '" + part.column() + "'");
      }
    }
  }

  /** The shape of a record class, or of a bean class. */
  static RowShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /**
   * What reaches the members of the class: all of them, where the class is open to this library.
   */
  static MethodHandles.Lookup lookup(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  /** The objects as rows of a frame. */
  DataFrame toFrame(List<?> objects) {
    Object[] rows = objects.toArray();
    for (int row = 0; row < rows.length; row++) {
      if (!type.isInstance(rows[row])) {
        throw failure(
            type,
            "make frame of",
            "row %d is %s"
                .formatted(row, rows[row] == null ? "null" : rows[row].getClass().getName()));
      }
    }
    DataFrameBuilder frame = DataFrame.builder();
    for (Part part : parts) {
      Object array = Array.newInstance(part.type().javaType(), rows.length);
      store(part, rows, array);
      frame.column(part.column(), part.type().toColumn().apply(array));
    }
    return frame.build();
  }

  private void store(Part part, Object[] rows, Object array) {
    int row = 0;
    try {
      for (; row < rows.length; row++) {
        part.store().invokeExact(array, row, rows[row]);
      }
    } catch (Throwable e) {
      throw thrown(e, "read '" + part.column() + "' of", row);
    }
  }

  /** The rows of a frame as objects. */
  <R> List<R> toRows(Class<R> type, DataFrame frame) {
    MethodHandle[] values = new MethodHandle[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      values[i] = part.type().get().bindTo(columnFor(part, frame));
    }
    MethodHandle perRow =
        MethodHandles.permuteArguments(
                MethodHandles.filterArguments(maker, 0, values),
                methodType(type, int.class),
                new int[values.length])
            .asType(methodType(Object.class, int.class));
    List<R> rows = new ArrayList<>(frame.rowCount());
    int row = 0;
    try {
      for (; row < frame.rowCount(); row++) {
        rows.add(type.cast((Object) perRow.invokeExact(row)));
      }
    } catch (Throwable e) {
      throw thrown(e, "make", row);
    }
    return Collections.unmodifiableList(rows);
  }

  /** The frame's column in the type that the part needs, without nulls it cannot hold. */
  private Column columnFor(Part part, DataFrame frame) {
    String name = part.column();
    ComponentType wanted = part.type();
    if (!frame.hasColumn(name)) {
      throw failure(
          type,
          "make",
          "the frame has no column '%s', only %s".formatted(name, frame.columnNames()));
    }
    Column column = frame.column(name);
    if (wanted.isPrimitive() && column.nullCount() > 0) {
      throw failure(
          type,
          "make",
          "column '%s' is null in row %d; declare it as %s"
              .formatted(
                  name,
                  column.validity().firstNull(),
                  wanted.get().type().wrap().returnType().getSimpleName()));
    }
    // Each row of a timestamp column has an instant, whatever its unit and time zone rule.
    if (column instanceof TimestampColumn && wanted.empty() instanceof TimestampColumn) {
      return column;
    }
    if (!ExactCast.isExact(column, wanted.empty())) {
      throw failure(
          type,
          "make",
          "column '%s' does not fit one of type %s: %s"
              .formatted(
                  name,
                  wanted.javaType().getSimpleName(),
                  ExactCast.obstacle(column, wanted.empty())));
    }
    return ExactCast.apply(column, wanted.empty());
  }

  static IllegalArgumentException failure(Class<?> type, String verb, String reason) {
    return new IllegalArgumentException("Cannot " + verb + " " + type.getName() + ": " + reason);
  }

  private IllegalArgumentException thrown(Throwable thrown, String verb, int row) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalArgumentException(
        "Cannot %s %s: row %d fails with %s".formatted(verb, type.getName(), row, thrown), thrown);
  }
}
