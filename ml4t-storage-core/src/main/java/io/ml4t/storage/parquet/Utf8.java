package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, strictly: what does not survive the way there and back is refused. */
final class Utf8 {
  /** Bytes that should be text and are not. */
  static final class NotTextException extends MalformedException {
    private static final long serialVersionUID = 1L;

    NotTextException() {
      super("text is not valid UTF-8");
    }
  }

  private Utf8() {}

  static String decode(Bytes bytes) {
    String text = new String(bytes.array(), bytes.from(), bytes.length(), StandardCharsets.UTF_8);
    // The replacement character stands for malformed bytes, or for itself.
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.array(), bytes.from(), bytes.length()));
      } catch (CharacterCodingException e) {
        throw new NotTextException();
      }
    }
    return text;
  }

  /** Whether every surrogate of the text has its pair. */
  static boolean isEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
      }
    }
    return true;
  }

  /** Compares two texts as their bytes in UTF-8 compare, unsigned: by code point. */
  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Code points beyond the 16-bit ones begin with a surrogate and sort after all of them.
        boolean xHigh = Character.isSurrogate(x);
        return xHigh == Character.isSurrogate(y) ? x - y : xHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
