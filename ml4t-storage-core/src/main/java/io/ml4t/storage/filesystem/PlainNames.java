package io.ml4t.storage.filesystem;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the plain files of a key are named: as its text form. Where the file system ignores the case
 * of letters, the first of several keys that differ in nothing else has that name, and each other
 * one a name whose letters are all escaped, such as {@code %61%61%70%6C} for {@code aapl} beside
 * {@code AAPL}. Which key was first is seen from the names that are there.
 */
final class PlainNames {
  private static final List<String> FOLDER = List.of("");
  private static final List<String> FILES = List.of(StoreLayout.PARQUET, StoreLayout.JSON);

  private final StoreFiles files;
  private final Path root;
  private final boolean ignoreCase;

  private PlainNames(StoreFiles files, Path root, boolean ignoreCase) {
    this.files = files;
    this.root = root;
    this.ignoreCase = ignoreCase;
  }

  /**
   * The names below a root.
   *
   * @param probe a file or folder on the same file system; of one whose name has no letters, the
   *     folder above it is looked at
   */
  static PlainNames below(StoreFiles files, Path root, Path probe) throws IOException {
    for (Path path = probe; path != null && path.getFileName() != null; path = path.getParent()) {
      String name = path.getFileName().toString();
      if (!swapCase(name).equals(name)) {
        return new PlainNames(files, root, isSame(files, path, swapCase(name)));
      }
    }
    return new PlainNames(files, root, false);
  }

  private static boolean isSame(StoreFiles files, Path path, String otherName) throws IOException {
    Path other = path.resolveSibling(otherName);
    return files.exists(other)
        && files.realPath(other).toString().equals(files.realPath(path).toString());
  }

  /** Whether keys that differ in the case of letters only would have one file. */
  boolean ignoreCase() {
    return ignoreCase;
  }

  /** The file of a key with that extension. */
  Path file(StorageKey key, String extension) throws IOException {
    String text = key.toString();
    if (!ignoreCase) {
      return root.resolve(text + extension);
    }
    String symbol = text.substring(text.lastIndexOf('/') + 1);
    Path folder = folder(key);
    return folder.resolve(name(folder, symbol, FILES) + extension);
  }

  /** The folder that a key's files are in. */
  Path folder(StorageKey key) throws IOException {
    String text = key.toString();
    if (!ignoreCase) {
      return root.resolve(text.substring(0, text.lastIndexOf('/')));
    }
    String[] parts = text.split("/", -1);
    Path first = root.resolve(name(root, parts[0], FOLDER));
    return first.resolve(name(first, parts[1], FOLDER));
  }

  private String name(Path folder, String part, List<String> extensions) throws IOException {
    String escaped = escape(part);
    for (String extension : extensions) {
      String stored = files.storedName(folder.resolve(part + extension));
      if (stored == null
          ? files.exists(folder.resolve(escaped + extension))
          : !stored.equals(part + extension)) {
        return escaped;
      }
    }
    return part;
  }

  /**
   * The key whose files have those names, with a slash between them.
   *
   * @throws InvalidKeyException if there is none
   */
  StorageKey key(String text) {
    return StorageKey.parse(
        ignoreCase
            ? Stream.of(text.split("/", -1)).map(PlainNames::part).collect(Collectors.joining("/"))
            : text);
  }

  /** The part of a key's text that has that name. */
  private static String part(String name) {
    if (name.indexOf('%') < 0 || !escape(name).equals(name)) {
      return name;
    }
    try {
      String plain = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      String text = StorageKey.of(plain, plain, plain).toString();
      String part = text.substring(0, text.indexOf('/'));
      return escape(part).equals(name) ? part : name;
    } catch (IllegalArgumentException | InvalidKeyException e) {
      return name;
    }
  }

  /** Escapes every letter that is not part of an escape. */
  private static String escape(String part) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        int end = Math.min(i + 3, part.length());
        escaped.append(part, i, end);
        i = end - 1;
      } else if (swapCase(c) == c) {
        escaped.append(c);
      } else {
        escaped.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
      }
    }
    return escaped.toString();
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    text.chars().forEach(c -> swapped.append(swapCase((char) c)));
    return swapped.toString();
  }

  private static char swapCase(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? (char) (c ^ 0x20) : c;
  }
}
