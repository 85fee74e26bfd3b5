package io.ml4t.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Escapes the parts of a key into file names, and back; refuses what no file may be named. */
final class KeyCodec {
  /** Leaves room in a 255-byte file name for the longest extension and a staging suffix. */
  static final int MAX_BYTES = 240;

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|clock\\$|(com|lpt)[0-9])(\\..*)?");
  private static final Pattern SEGMENT = Pattern.compile("[/\\\\]");
  private static final String PUNCTUATION = "._-=^+@";
  private static final String MANIFEST = ".manifest";
  private static final String HEX = "0123456789ABCDEF";

  private KeyCodec() {}

  static void check(String name, String part) {
    if (part.isEmpty()) {
      throw new InvalidKeyException("Cannot use key: its " + name + " is empty");
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
    checkSegments(name, part);
    int length = encode(part).length();
    if (length > MAX_BYTES) {
      throw new InvalidKeyException(
          "Cannot use %s '%s…': it takes %d bytes as a file name, at most %d are allowed"
              .formatted(name, printable(part.substring(0, 20)), length, MAX_BYTES));
    }
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
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    boolean device = DEVICE.matcher(part).matches();
    int manifest =
        part.toLowerCase(Locale.ROOT).endsWith(MANIFEST) ? bytes.length - MANIFEST.length() : -1;
    StringBuilder name = new StringBuilder(bytes.length + 8);
    for (int i = 0; i < bytes.length; i++) {
      boolean special =
          (device && i == 0)
              || i == manifest
              || (bytes[i] == '.' && (i == 0 || i == bytes.length - 1));
      if (special || !plain(bytes[i])) {
        name.append('%').append(HEX.charAt((bytes[i] >> 4) & 15)).append(HEX.charAt(bytes[i] & 15));
      } else {
        name.append((char) bytes[i]);
      }
    }
    return name.toString();
  }

  static String decode(String name) {
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

  private static boolean plain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PUNCTUATION.indexOf(b) >= 0;
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
   * The text with control characters shown as escapes, so that a message cannot forge log lines.
   */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.isSurrogate((char) c)) {
                out.append("\\u%04x".formatted(c));
              } else {
                out.append((char) c);
              }
            });
    return out.toString();
  }
}
