package io.ml4t.storage.io.jdbc;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.io.ImportSource;
import io.ml4t.storage.io.ReadFrame;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts a result where the values of some columns change. */
final class JdbcGroups {
  private final List<String> columns;
  private final Function<List<String>, StorageKey> key;
  private final @Nullable ZoneId zone;
  private final Set<List<String>> seen = new HashSet<>();

  JdbcGroups(List<String> columns, Function<List<String>, StorageKey> key, @Nullable ZoneId zone) {
    this.columns = columns;
    this.key = key;
    this.zone = zone;
  }

  void visit(ResultSet result, ImportSource.Visitor visitor) throws SQLException {
    ResultSetMetaData metadata = result.getMetaData();
    int[] indexes = indexes(metadata);
    List<String> group = List.of();
    @Nullable JdbcRows rows = null;
    while (result.next()) {
      List<String> next = group(result, indexes);
      if (rows == null || !next.equals(group)) {
        hand(visitor, group, rows);
        group = next;
        rows = new JdbcRows(metadata, columns, zone);
      }
      rows.take(result);
    }
    hand(visitor, group, rows);
  }

  private void hand(ImportSource.Visitor visitor, List<String> group, @Nullable JdbcRows rows) {
    if (rows == null) {
      return;
    }
    String name = String.join("/", group);
    boolean isNew = seen.add(group);
    visitor.visit(
        name,
        () -> {
          if (!isNew) {
            throw new InvalidDataException(
                "Cannot import %s: its rows are not together; order the query by %s"
                    .formatted(name, String.join(", ", columns)));
          }
          return key.apply(group);
        },
        () -> ReadFrame.of(rows.build(), null));
  }

  private int[] indexes(ResultSetMetaData metadata) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int index = 1; index <= metadata.getColumnCount(); index++) {
      names.add(JdbcRows.name(metadata.getColumnLabel(index)));
    }
    int[] indexes = new int[columns.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = names.indexOf(columns.get(i)) + 1;
      if (indexes[i] == 0) {
        throw new InvalidDataException(
            "Cannot group by '%s': the query has %s".formatted(columns.get(i), names));
      }
    }
    return indexes;
  }

  private static List<String> group(ResultSet row, int[] indexes) throws SQLException {
    List<String> group = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      group.add(String.valueOf(row.getString(index)));
    }
    return group;
  }
}
