package io.ml4t.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Escapes the parts of a key into file names, and back; refuses what no file may be named. */
final class KeyCodec {
  /** Leaves room in a 255-byte file name for the longest extension and a staging suffix. */
  static final int MAX_BYTES = 240;

  /** Longer than any text form, so that refusing a hostile one costs little. */
  static final int MAX_KEY = 3 * MAX_BYTES + 2;

  private static final int MAX_SHOWN = 80;
  private static final Set<String> DEVICES =
      Set.of(
          ("CON PRN AUX NUL COM0 COM1 COM2 COM3 COM4 COM5 COM6 COM7 COM8 COM9"
                  + " LPT0 LPT1 LPT2 LPT3 LPT4 LPT5 LPT6 LPT7 LPT8 LPT9")
              .split(" "));
  private static final Pattern SEGMENT = Pattern.compile("[/\\\\]");
  private static final boolean[] PLAIN = new boolean[128];
  private static final String MANIFEST = ".manifest";
  private static final String HEX = "0123456789ABCDEF";

  static {
    for (char c :
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=^+@".toCharArray()) {
      PLAIN[c] = true;
    }
  }

  private KeyCodec() {}

  static void check(String name, String part) {
    if (part.isEmpty()) {
      throw new InvalidKeyException("Cannot use key: its " + name + " is empty");
    }
    if (part.length() <= MAX_BYTES && isCanonical(part)) {
      return;
    }
    for (int i = 0; i < part.length(); i++) {
      if (Character.isISOControl(part.charAt(i))) {
        throw new InvalidKeyException(
            "Cannot use " + name + " '" + printable(part) + "': control character at " + i);
      }
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(part)) {
      throw new InvalidKeyException(
          "Cannot use " + name + " '" + printable(part) + "': it is not valid Unicode");
    }
    // No shorter than the part, which is refused before anything costly when it is far too long.
    int length = part.length() > MAX_BYTES ? part.length() : encode(part).length();
    if (length > MAX_BYTES) {
      throw new InvalidKeyException(
          "Cannot use %s '%s': it takes at least %d bytes as a file name, at most %d are allowed"
              .formatted(name, printable(part), length, MAX_BYTES));
    }
    checkSegments(name, part);
  }

  /** A dot segment may hide behind any number of rounds of percent-encoding. */
  private static void checkSegments(String name, String part) {
    String text = part;
    while (true) {
      for (String segment : SEGMENT.split(text, -1)) {
        if (segment.equals(".") || segment.equals("..")) {
          throw new PathTraversalException(
              "Cannot use " + name + " '" + printable(part) + "': it holds a dot segment");
        }
      }
      String decoded = unescape(text);
      if (decoded.equals(text)) {
        return;
      }
      text = decoded;
    }
  }

  static String encode(String part) {
    return isCanonical(part) ? part : escape(part);
  }

  /** Whether the part stands for itself, as nearly all do. */
  private static boolean isCanonical(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (!plain(part.charAt(i))) {
        return false;
      }
    }
    return !part.startsWith(".")
        && !part.endsWith(".")
        && !isDevice(part)
        && !endsWithManifest(part);
  }

  private static String escape(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    boolean device = isDevice(part);
    int manifest = endsWithManifest(part) ? bytes.length - MANIFEST.length() : -1;
    StringBuilder name = new StringBuilder(bytes.length + 8);
    for (int i = 0; i < bytes.length; i++) {
      boolean special =
          (device && i == 0)
              || i == manifest
              || (bytes[i] == '.' && (i == 0 || i == bytes.length - 1));
      if (special || !plain((char) (bytes[i] & 0xFF))) {
        name.append('%').append(HEX.charAt((bytes[i] >> 4) & 15)).append(HEX.charAt(bytes[i] & 15));
      } else {
        name.append((char) bytes[i]);
      }
    }
    return name.toString();
  }

  /** Windows takes a name for a device whatever follows its first dot. */
  private static boolean isDevice(String part) {
    int dot = part.indexOf('.');
    int length = dot < 0 ? part.length() : dot;
    return (length == 3 || length == 4)
        && DEVICES.contains(part.substring(0, length).toUpperCase(Locale.ROOT));
  }

  /** {@code X.manifest} would share {@code X.manifest.json} with {@code X}. */
  private static boolean endsWithManifest(String part) {
    return part.length() >= MANIFEST.length()
        && part.substring(part.length() - MANIFEST.length())
            .toLowerCase(Locale.ROOT)
            .equals(MANIFEST);
  }

  static String decode(String name) {
    if (isCanonical(name)) {
      return name;
    }
    String part = unescape(name);
    if (encode(part).equals(name)) {
      return part;
    }
    checkSegments("key part", name);
    throw new InvalidKeyException(
        "Cannot use key part '"
            + printable(name)
            + "': it is not in canonical form, write '"
            + encode(part)
            + "'");
  }

  private static boolean plain(char c) {
    return c < PLAIN.length && PLAIN[c];
  }

  /** Decodes each {@code %XX}; an escape that is not well formed stands for itself. */
  private static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  /**
   * The text for a message: of bounded length, and with control characters and surrogates shown as
   * escapes, so that it cannot forge log lines.
   */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX_SHOWN); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return text.length() > MAX_SHOWN ? out.append('…').toString() : out.toString();
  }
}
