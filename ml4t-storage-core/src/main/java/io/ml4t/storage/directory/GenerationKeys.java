package io.ml4t.storage.directory;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The folder names of ml4t-data from 0.1 on: {@code k1_} and the key, in URL-safe base 64 without
 * padding.
 */
final class GenerationKeys {
  static final String PREFIX = "k1_";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private GenerationKeys() {}

  /** The folder of a key. Keys whose parts hold a slash may share one; {@link #decode} decides. */
  static String encode(StorageKey key) {
    String text = key.assetClass() + "/" + key.frequency() + "/" + key.symbol();
    return PREFIX + ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key of a folder. Only the symbol may hold a slash.
   *
   * @throws InvalidKeyException if the folder's name is not that of a key of three parts
   */
  static StorageKey decode(String folder) {
    String text;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(folder.substring(PREFIX.length()));
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("Cannot use folder '" + folder + "': it is not base 64");
    }
    String[] parts = text.split("/", 3);
    if (parts.length != 3) {
      throw new InvalidKeyException(
          "Cannot use key '%s' of folder '%s': it has %d parts, expected asset_class/frequency/symbol"
              .formatted(text.replaceAll("\\p{Cntrl}", "?"), folder, parts.length));
    }
    StorageKey key = StorageKey.of(parts[0], parts[1], parts[2]);
    if (!encode(key).equals(folder)) {
      throw new InvalidKeyException(
          "Cannot use folder '" + folder + "': it is not the canonical name of " + key);
    }
    return key;
  }
}
