package io.ml4t.storage.frame;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The components of a record class. */
final class RecordParts {
  private RecordParts() {}

  /**
   * The shape of a record class.
   *
   * @throws IllegalArgumentException if a component is of a type that no column holds
   */
  static RowShape shapeOf(Class<?> type) throws IllegalAccessException, NoSuchMethodException {
    RecordComponent[] declared = type.getRecordComponents();
    if (declared.length == 0) {
      throw RowShape.failure(type, "map record", "it has no components");
    }
    MethodHandles.Lookup lookup = RowShape.lookup(type);
    List<RowShape.Part> parts = new ArrayList<>();
    for (RecordComponent component : declared) {
      ComponentType componentType = ComponentType.of(component.getType());
      if (componentType == null) {
        throw RowShape.failure(
            type,
            "map record",
            "component '%s' is %s, expected one of %s"
                .formatted(
                    component.getName(), component.getType().getTypeName(), ComponentType.NAMES));
      }
      ColumnName name = component.getAnnotation(ColumnName.class);
      parts.add(
          RowShape.Part.of(
              name == null ? component.getName() : name.value(),
              componentType,
              lookup.unreflect(component.getAccessor())));
    }
    Class<?>[] types =
        Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return new RowShape(type, parts, lookup.findConstructor(type, methodType(void.class, types)));
  }
}
