package io.ml4t.storage;

/**
 * The name of one frame: asset class, frequency and symbol, such as {@code equities/daily/AAPL}.
 *
 * <p>Any symbol that an exchange uses can be stored ({@code BTC/USD}, {@code ^GSPC}, {@code ES=F},
 * {@code CON}). The text form, {@link #toString()}, percent-encodes each part as UTF-8 so that it
 * is one file name on every file system: ASCII letters, digits and {@code ._-=^+@} stand for
 * themselves; all else, leading and trailing dots, Windows device names and a trailing {@code
 * .manifest} are escaped. {@link #parse} accepts only that one form.
 *
 * <p>Keys are ordered by their parts, in order, as UTF-16 text.
 *
 * @param assetClass such as {@code equities}
 * @param frequency such as {@code daily}, or {@code volume_1000} for bars that are not of time
 * @param symbol such as {@code AAPL}
 */
public record StorageKey(String assetClass, String frequency, String symbol)
    implements Comparable<StorageKey> {

  /**
   * A key of three parts, unescaped.
   *
   * @throws InvalidKeyException if a part is empty, holds a control character or half a surrogate
   *     pair, or is longer than 240 bytes when escaped
   * @throws PathTraversalException if a part holds a dot segment, however it is encoded
   */
  public StorageKey {
    KeyCodec.check("asset class", assetClass);
    KeyCodec.check("frequency", frequency);
    KeyCodec.check("symbol", symbol);
  }

  /**
   * A key of three parts, unescaped.
   *
   * @throws InvalidKeyException as the constructor
   */
  public static StorageKey of(String assetClass, String frequency, String symbol) {
    return new StorageKey(assetClass, frequency, symbol);
  }

  /**
   * The key with the given text form.
   *
   * @param key three escaped parts with a slash between them, as {@link #toString()} writes them
   * @throws InvalidKeyException if there are not three parts, or one is not in its canonical form
   */
  public static StorageKey parse(String key) {
    if (key.length() > KeyCodec.MAX_KEY) {
      throw new InvalidKeyException(
          "Cannot use key '%s': it has %d characters, at most %d are allowed"
              .formatted(KeyCodec.printable(key), key.length(), KeyCodec.MAX_KEY));
    }
    String[] parts = key.split("/", -1);
    for (String part : parts) {
      if (part.equals(".") || part.equals("..")) {
        throw new PathTraversalException(
            "Cannot use key '" + KeyCodec.printable(key) + "': it holds a dot segment");
      }
    }
    if (parts.length != 3) {
      throw new InvalidKeyException(
          "Cannot use key '"
              + KeyCodec.printable(key)
              + "': it has "
              + parts.length
              + (parts.length == 1 ? " part" : " parts")
              + ", expected asset_class/frequency/symbol (write a slash inside a part as %2F)");
    }
    return new StorageKey(
        KeyCodec.decode(parts[0]), KeyCodec.decode(parts[1]), KeyCodec.decode(parts[2]));
  }

  @Override
  public int compareTo(StorageKey other) {
    // Keys that are compared most often share their first two parts.
    if (!assetClass.equals(other.assetClass)) {
      return assetClass.compareTo(other.assetClass);
    }
    return frequency.equals(other.frequency)
        ? symbol.compareTo(other.symbol)
        : frequency.compareTo(other.frequency);
  }

  /** The text form: three escaped parts with a slash between them. */
  @Override
  public String toString() {
    return KeyCodec.encode(assetClass)
        + "/"
        + KeyCodec.encode(frequency)
        + "/"
        + KeyCodec.encode(symbol);
  }
}
