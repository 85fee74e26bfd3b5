package io.ml4t.storage.frame;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column that a record component stands for, where its name is another.
 *
 * <pre>{@code
 * record Close(Instant timestamp, @ColumnName("adj_close") double adjusted) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ColumnName {
  /** The column's name. */
  String value();
}
