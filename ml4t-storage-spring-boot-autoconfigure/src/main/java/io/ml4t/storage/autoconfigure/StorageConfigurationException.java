package io.ml4t.storage.autoconfigure;

/** A property of the store cannot have the value that it was given. */
public final class StorageConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String property;
  private final String value;
  private final String reason;
  private final String remedy;

  /** An error for a property, by its full name. */
  public StorageConfigurationException(
      String property, Object value, String reason, String remedy) {
    super("Cannot set %s to '%s': %s; %s".formatted(property, value, reason, remedy));
    this.property = property;
    this.value = value.toString();
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Refuses a property's value unless it is valid. */
  public static void require(boolean valid, String property, Object value, String expected) {
    if (!valid) {
      throw new StorageConfigurationException(
          property, value, "expected " + expected, "change the value");
    }
  }

  /** The same error where the properties are under another prefix. */
  StorageConfigurationException under(String prefix, String before) {
    return new StorageConfigurationException(
        property.replace(before, prefix), value, reason.replace(before, prefix), remedy);
  }

  /** The property's full name. */
  public String property() {
    return property;
  }

  /** The value. */
  public String value() {
    return value;
  }

  /** Why it cannot be. */
  public String reason() {
    return reason;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
