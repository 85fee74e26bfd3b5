package io.ml4t.storage.frame;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a bean class: what has both a public getter and a public setter. They are in
 * the order of the fields of their names, those of a superclass first, then the others by name.
 */
final class BeanParts {
  /** How many properties a bean may have: as many as a method may have parameters. */
  private static final int MAX_PROPERTIES = 250;

  private record Property(String name, Method getter, Method setter) {
    @Nullable ComponentType type() {
      return ComponentType.of(getter.getReturnType());
    }
  }

  private BeanParts() {}

  /**
   * The shape of a bean class.
   *
   * @throws IllegalArgumentException if it has no properties, or a property is of a type that no
   *     column holds, or it has no constructor without arguments
   */
  static RowShape shapeOf(Class<?> type) throws IllegalAccessException {
    List<Field> fields = fields(type);
    List<String> order = fields.stream().map(Field::getName).toList();
    List<Property> properties = new ArrayList<>(properties(type).values());
    properties.sort(
        Comparator.comparingInt(
            property ->
                order.contains(property.name) ? order.indexOf(property.name) : order.size()));
    if (properties.isEmpty() || properties.size() > MAX_PROPERTIES) {
      throw RowShape.failure(
          type,
          "map bean",
          "it has %d properties with a public getter and a public setter, expected 1 to %d"
              .formatted(properties.size(), MAX_PROPERTIES));
    }
    MethodHandles.Lookup lookup = RowShape.lookup(type);
    List<RowShape.Part> parts = new ArrayList<>();
    for (Property property : properties) {
      ComponentType propertyType = property.type();
      if (propertyType == null) {
        throw RowShape.failure(
            type,
            "map bean",
            "property '%s' is %s, expected one of %s; a property without a public setter is left out"
                .formatted(
                    property.name,
                    property.getter.getReturnType().getTypeName(),
                    ComponentType.NAMES));
      }
      parts.add(
          RowShape.Part.of(
              column(property.name, fields), propertyType, lookup.unreflect(property.getter)));
    }
    return new RowShape(type, parts, maker(type, properties, lookup));
  }

  /** The fields of objects of the class, those of its superclasses first. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    if (type.getSuperclass() != null) {
      fields.addAll(fields(type.getSuperclass()));
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static String column(String property, List<Field> fields) {
    return fields.stream()
        .filter(field -> field.getName().equals(property))
        .map(field -> field.getAnnotation(ColumnName.class))
        .filter(name -> name != null)
        .map(ColumnName::value)
        .findFirst()
        .orElse(property);
  }

  private static Map<String, Property> properties(Class<?> type) {
    Map<String, Property> properties = new TreeMap<>();
    for (Method getter : type.getMethods()) {
      String suffix = suffix(getter);
      Method setter = suffix == null ? null : setter(type, suffix, getter.getReturnType());
      if (suffix != null && setter != null) {
        // Overriding a getter with a more special type leaves two of them.
        properties.merge(
            decapitalize(suffix),
            new Property(decapitalize(suffix), getter, setter),
            (one, other) -> one.type() == null ? other : one);
      }
    }
    return properties;
  }

  private static @Nullable String suffix(Method getter) {
    String name = getter.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : name.length();
    boolean isGetter =
        prefix < name.length()
            && !Character.isLowerCase(name.charAt(prefix))
            && getter.getParameterCount() == 0
            && !Modifier.isStatic(getter.getModifiers())
            && (prefix == 3
                || getter.getReturnType() == boolean.class
                || getter.getReturnType() == Boolean.class);
    return isGetter ? name.substring(prefix) : null;
  }

  private static @Nullable Method setter(Class<?> type, String suffix, Class<?> valueType) {
    try {
      Method setter = type.getMethod("set" + suffix, valueType);
      return Modifier.isStatic(setter.getModifiers()) ? null : setter;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** As JavaBeans have it: {@code Open} is {@code open}, but {@code URL} stays. */
  private static String decapitalize(String suffix) {
    boolean isAcronym = suffix.length() > 1 && Character.isUpperCase(suffix.charAt(1));
    return isAcronym && Character.isUpperCase(suffix.charAt(0))
        ? suffix
        : Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1);
  }

  /** Takes the values of the properties to a new bean, through its constructor and its setters. */
  private static MethodHandle maker(
      Class<?> type, List<Property> properties, MethodHandles.Lookup lookup)
      throws IllegalAccessException {
    MethodHandle rest = MethodHandles.identity(type);
    for (int i = properties.size() - 1; i >= 0; i--) {
      Method method = properties.get(i).setter;
      Class<?> valueType = method.getParameterTypes()[0];
      MethodHandle set = lookup.unreflect(method).asType(methodType(void.class, type, valueType));
      rest = MethodHandles.foldArguments(MethodHandles.dropArguments(rest, 1, valueType), set);
    }
    try {
      MethodHandle create = lookup.findConstructor(type, methodType(void.class));
      return MethodHandles.collectArguments(rest, 0, create);
    } catch (NoSuchMethodException e) {
      throw RowShape.failure(
          type,
          "map bean",
          "it has no constructor without arguments; add one, or make it a record");
    }
  }
}
