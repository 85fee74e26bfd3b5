package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** About how much memory frames take, in bytes: good enough to keep the heap from filling. */
final class FrameWeight {
  private static final int USUAL_ROW = 48;
  private static final int USUAL_TEXT = 48;

  private FrameWeight() {}

  static long of(Collection<DataObject> frames) {
    return frames.stream().mapToLong(frame -> of(frame.data())).sum();
  }

  static long of(DataFrame frame) {
    long row =
        frame.columnNames().stream()
            .mapToLong(
                name ->
                    switch (frame.column(name).type()) {
                      case BOOLEAN -> 1;
                      case INT, FLOAT, DATE -> 4;
                      case LONG, DOUBLE, TIMESTAMP -> 8;
                      case STRING -> USUAL_TEXT;
                    })
            .sum();
    return row * frame.rowCount();
  }

  /** Of a stored frame when it is read, null where there is none. */
  static long of(@Nullable Entry entry) {
    return entry == null || entry.frame() == null
        ? 0
        : Math.max(entry.frame().location().length(), entry.frame().rows() * USUAL_ROW);
  }
}
