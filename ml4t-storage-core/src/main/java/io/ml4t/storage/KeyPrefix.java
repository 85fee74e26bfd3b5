package io.ml4t.storage;

import java.util.NavigableMap;
import java.util.function.BiConsumer;

/**
 * What {@code listKeys} is asked for: whole leading parts of a key's text form, or, with {@code *}
 * at the end, leading characters. Immutable.
 */
public final class KeyPrefix {
  private final String text;
  private final boolean open;
  private final StorageKey start;

  private KeyPrefix(String text, boolean open, StorageKey start) {
    this.text = text;
    this.open = open;
    this.start = start;
  }

  /**
   * The prefix with that text form, see {@link Storage#listKeys(String)}.
   *
   * @throws InvalidKeyException if no key can have it
   */
  public static KeyPrefix parse(String prefix) {
    boolean open = prefix.endsWith("*");
    String text = prefix.substring(0, prefix.length() - (open || prefix.endsWith("/") ? 1 : 0));
    String[] parts = text.split("/", -1);
    int whole = text.isEmpty() ? 0 : parts.length - (open ? 1 : 0);
    if (parts.length > 3) {
      throw new InvalidKeyException(
          "Cannot list keys under '" + prefix + "': it has more than three parts");
    }
    // The space is the least character a part may hold.
    return new KeyPrefix(
        text,
        open,
        new StorageKey(
            whole > 0 ? StorageKey.parse(parts[0] + "/-/-").assetClass() : " ",
            whole > 1 ? StorageKey.parse(parts[0] + "/" + parts[1] + "/-").frequency() : " ",
            " "));
  }

  /** Hands over the entries of the keys that have this prefix, in order. */
  public <T> void forEach(NavigableMap<StorageKey, T> keys, BiConsumer<StorageKey, T> action) {
    for (var entry : keys.tailMap(start).entrySet()) {
      StorageKey key = entry.getKey();
      if (!start.assetClass().equals(" ") && !start.assetClass().equals(key.assetClass())) {
        return;
      }
      if (matches(key)) {
        action.accept(key, entry.getValue());
      }
    }
  }

  /** Whether the key has this prefix. */
  public boolean matches(StorageKey key) {
    if (text.isEmpty()) {
      return true;
    }
    String name = key.toString();
    return name.startsWith(text)
        && (open || name.length() == text.length() || name.charAt(text.length()) == '/');
  }
}
