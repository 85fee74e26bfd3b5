package io.ml4t.storage.frame;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type that a record component may have: how an array of such values becomes a column, and how a
 * value is taken from one.
 *
 * @param javaType the component's type
 * @param toColumn makes a column of an array of the type
 * @param empty a column without rows, of the type that the component needs
 * @param get takes {@code (column, row)} to the value
 */
record ComponentType(
    Class<?> javaType, Function<Object, Column> toColumn, Column empty, MethodHandle get) {

  private static final Map<Class<?>, ComponentType> TYPES =
      Stream.of(
              type(double.class, "get", DoubleColumn::wrap, new double[0]),
              type(Double.class, "value", DoubleColumn::ofNullable, new Double[0]),
              type(float.class, "get", FloatColumn::wrap, new float[0]),
              type(Float.class, "value", FloatColumn::ofNullable, new Float[0]),
              type(long.class, "get", LongColumn::wrap, new long[0]),
              type(Long.class, "value", LongColumn::ofNullable, new Long[0]),
              type(int.class, "get", IntColumn::wrap, new int[0]),
              type(Integer.class, "value", IntColumn::ofNullable, new Integer[0]),
              type(boolean.class, "get", BooleanColumn::wrap, new boolean[0]),
              type(Boolean.class, "value", BooleanColumn::ofNullable, new Boolean[0]),
              type(String.class, "get", StringColumn::wrap, new String[0]),
              type(LocalDate.class, "value", DateColumn::ofDates, new LocalDate[0]),
              type(Instant.class, "instantOrNull", TimestampColumn::ofInstants, new Instant[0]),
              type(
                  LocalDateTime.class,
                  "localOrNull",
                  TimestampColumn::ofLocal,
                  new LocalDateTime[0]))
          .collect(Collectors.toUnmodifiableMap(ComponentType::javaType, Function.identity()));

  /** The names of all types, for messages. */
  static final String NAMES =
      "double, float, long, int, boolean, their boxes, String, LocalDate, Instant, LocalDateTime";

  /** The type for a component, or null where a column cannot hold it. */
  static @Nullable ComponentType of(Class<?> javaType) {
    return TYPES.get(javaType);
  }

  /** Whether a component has no way to say null. */
  boolean isPrimitive() {
    return javaType.isPrimitive();
  }

  private static <A> ComponentType type(
      Class<?> javaType, String get, Function<A, ? extends Column> toColumn, A none) {
    Column empty = toColumn.apply(none);
    @SuppressWarnings("unchecked")
    Function<Object, Column> untyped = (Function<Object, Column>) (Function<?, ?>) toColumn;
    try {
      MethodHandle value =
          MethodHandles.lookup()
              .findVirtual(empty.getClass(), get, methodType(javaType, int.class))
              .asType(methodType(javaType, Column.class, int.class));
      return new ComponentType(javaType, untyped, empty, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("No method " + get + " in " + empty.getClass(), e);
    }
  }
}
