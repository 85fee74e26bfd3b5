package io.ml4t.storage.parquet;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a file's schema that a frame can hold, and says why it cannot the others.
 */
final class SchemaReader {
  private static final String SUPPORTED =
      "supported are timestamps, dates, floating point numbers, integers, booleans and text";

  private final String file;
  private final List<SchemaElement> schema;
  private final Map<String, ColumnSpec> columns = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  private SchemaReader(String file, List<SchemaElement> schema) {
    this.file = file;
    this.schema = schema;
  }

  /**
   * The columns of those names, or all of them where none is named.
   *
   * @throws InvalidDataException if a column is missing, or a frame cannot hold it
   */
  static List<ColumnSpec> select(
      String file, List<SchemaElement> schema, Collection<String> names) {
    SchemaReader reader = new SchemaReader(file, schema);
    reader.walk();
    return reader.select(names);
  }

  private List<ColumnSpec> select(Collection<String> names) {
    if (names.isEmpty()) {
      for (String problem : problems.values()) {
        throw new InvalidDataException(problem);
      }
      return List.copyOf(columns.values());
    }
    List<ColumnSpec> selected = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      String problem = problems.get(name);
      ColumnSpec column = columns.get(name);
      if (problem != null || column == null) {
        throw new InvalidDataException(
            problem != null
                ? problem
                : "Cannot read column '%s' of %s: the file has %s"
                    .formatted(name, file, columns.keySet()));
      }
      selected.add(column);
    }
    return selected;
  }

  private void walk() {
    MalformedException.check(
        !schema.isEmpty() && schema.get(0).physicalType() == null, "the schema has no root");
    int position = 1;
    int leaf = 0;
    for (int i = 0; i < schema.get(0).children(); i++) {
      MalformedException.check(position < schema.size(), "the schema is cut short");
      SchemaElement element = schema.get(position++);
      if (element.physicalType() != null && element.repetition() != SchemaElement.REPEATED) {
        add(element, leaf++);
        continue;
      }
      reject(
          element.name(), "it is nested, and frames are flat: flatten it first, or select others");
      // A group's descendants follow it, in depth-first order.
      long open = element.children();
      leaf += element.physicalType() == null ? 0 : 1;
      for (; open > 0; open--) {
        MalformedException.check(position < schema.size(), "the schema is cut short");
        SchemaElement inner = schema.get(position++);
        open += inner.children();
        leaf += inner.physicalType() == null ? 0 : 1;
      }
    }
    MalformedException.check(position == schema.size(), "the schema has loose ends");
  }

  private void add(SchemaElement element, int leaf) {
    String name = element.name();
    MalformedException.check(element.children() == 0, "column '" + name + "' has children");
    if (columns.containsKey(name) || problems.containsKey(name)) {
      reject(name, "there are two columns of that name");
      return;
    }
    TypeMapping mapping = TypeMapping.of(element);
    if (mapping == null) {
      reject(name, "it is " + describe(element) + "; " + SUPPORTED + ": cast it first");
      return;
    }
    ColumnType type = mapping.type();
    int fixedLength = element.physicalType() == PhysicalType.INT96 ? 12 : element.fixedLength();
    columns.put(
        name,
        new ColumnSpec(
            name,
            leaf,
            element.repetition() == SchemaElement.OPTIONAL,
            physicalType(element),
            fixedLength,
            type,
            mapping.conversion()));
  }

  private void reject(String name, String reason) {
    problems.put(name, "Cannot read column '" + name + "' of " + file + ": " + reason);
  }

  private static PhysicalType physicalType(SchemaElement element) {
    @Nullable PhysicalType type = element.physicalType();
    if (type == null) {
      throw new MalformedException("column '" + element.name() + "' has no type");
    }
    return type;
  }

  private static String describe(SchemaElement element) {
    String physical = physicalType(element).name();
    if (element.logicalType() != null) {
      return element.logicalType().name() + " in " + physical;
    }
    return element.convertedType() < 0
        ? physical
        : "converted type " + element.convertedType() + " in " + physical;
  }
}
