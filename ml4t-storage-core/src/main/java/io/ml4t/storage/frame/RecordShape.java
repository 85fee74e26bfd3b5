package io.ml4t.storage.frame;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The components of a record class as columns. Values travel between records and primitive arrays
 * through method handles, without boxing. Immutable and cached per class.
 */
final class RecordShape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  /** A component: its column's name, and the handle {@code (array, row, record)} that stores it. */
  private record Component(String column, ComponentType type, MethodHandle store) {}

  private final Class<?> type;
  private final List<Component> components;

  /** Takes one value per component to the record. */
  private final MethodHandle constructor;

  private RecordShape(Class<?> type) {
    this.type = type;
    RecordComponent[] declared = type.getRecordComponents();
    if (declared == null || declared.length == 0) {
      throw failure("map record", "it has no components");
    }
    try {
      MethodHandles.Lookup lookup = lookup(type);
      Map<String, Component> named = new LinkedHashMap<>();
      for (RecordComponent component : declared) {
        Component mapped = component(component, lookup);
        if (named.put(mapped.column(), mapped) != null) {
          throw failure("map record", "two components stand for column '" + mapped.column() + "'");
        }
      }
      this.components = List.copyOf(named.values());
      Class<?>[] types =
          Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
      this.constructor = lookup.findConstructor(type, methodType(void.class, types));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "Cannot map record "
              + type.getName()
              + ": it is not accessible; make it public in an exported package, or open its package"
              + " to this library",
          e);
    }
  }

  /** The shape of a record class. */
  static RecordShape of(Class<? extends Record> type) {
    return SHAPES.get(type);
  }

  private static MethodHandles.Lookup lookup(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  private Component component(RecordComponent component, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    ComponentType componentType = ComponentType.of(component.getType());
    if (componentType == null) {
      throw failure(
          "map record",
          "component '%s' is %s, expected one of %s"
              .formatted(
                  component.getName(), component.getType().getTypeName(), ComponentType.NAMES));
    }
    ColumnName name = component.getAnnotation(ColumnName.class);
    MethodHandle setter = MethodHandles.arrayElementSetter(component.getType().arrayType());
    MethodHandle store =
        MethodHandles.filterArguments(setter, 2, lookup.unreflect(component.getAccessor()))
            .asType(methodType(void.class, Object.class, int.class, Object.class));
    return new Component(name == null ? component.getName() : name.value(), componentType, store);
  }

  /** The records as rows of a frame. */
  DataFrame toFrame(List<? extends Record> records) {
    Object[] rows = records.toArray();
    for (int row = 0; row < rows.length; row++) {
      if (!type.isInstance(rows[row])) {
        throw failure(
            "make frame of",
            "row %d is %s"
                .formatted(row, rows[row] == null ? "null" : rows[row].getClass().getName()));
      }
    }
    DataFrameBuilder frame = DataFrame.builder();
    for (Component component : components) {
      Object array = Array.newInstance(component.type().javaType(), rows.length);
      store(component, rows, array);
      frame.column(component.column(), component.type().toColumn().apply(array));
    }
    return frame.build();
  }

  private void store(Component component, Object[] rows, Object array) {
    int row = 0;
    try {
      for (; row < rows.length; row++) {
        component.store().invokeExact(array, row, rows[row]);
      }
    } catch (Throwable e) {
      throw thrown(e, "read component '" + component.column() + "' of", row);
    }
  }

  /** The rows of a frame as records. */
  <R extends Record> List<R> toRecords(Class<R> type, DataFrame frame) {
    MethodHandle[] values = new MethodHandle[components.size()];
    for (int i = 0; i < values.length; i++) {
      ComponentType component = components.get(i).type();
      values[i] = component.get().bindTo(columnFor(components.get(i), frame));
    }
    MethodHandle perRow =
        MethodHandles.permuteArguments(
                MethodHandles.filterArguments(constructor, 0, values),
                methodType(type, int.class),
                new int[values.length])
            .asType(methodType(Object.class, int.class));
    List<R> records = new ArrayList<>(frame.rowCount());
    int row = 0;
    try {
      for (; row < frame.rowCount(); row++) {
        records.add(type.cast((Object) perRow.invokeExact(row)));
      }
    } catch (Throwable e) {
      throw thrown(e, "make", row);
    }
    return Collections.unmodifiableList(records);
  }

  /** The frame's column in the type that the component needs, without nulls it cannot hold. */
  private Column columnFor(Component component, DataFrame frame) {
    String name = component.column();
    ComponentType wanted = component.type();
    if (!frame.hasColumn(name)) {
      throw failure(
          "make", "the frame has no column '%s', only %s".formatted(name, frame.columnNames()));
    }
    Column column = frame.column(name);
    if (wanted.isPrimitive() && column.nullCount() > 0) {
      throw failure(
          "make",
          "column '%s' is null in row %d; declare the component as %s"
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
          "make",
          "column '%s' does not fit a component of type %s: %s"
              .formatted(
                  name,
                  wanted.javaType().getSimpleName(),
                  ExactCast.obstacle(column, wanted.empty())));
    }
    return ExactCast.apply(column, wanted.empty());
  }

  private IllegalArgumentException failure(String verb, String reason) {
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
