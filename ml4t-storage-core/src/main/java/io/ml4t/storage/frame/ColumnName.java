package io.ml4t.storage.frame;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The column that a record component, or the property of a bean's field, stands for, where its name
 * is another.
 *
 * <pre>{@code
 * record Close(Instant timestamp, @ColumnName("adj_close") double adjusted) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface ColumnName {
  /** The column's name. */
  String value();
}
