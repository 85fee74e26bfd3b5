package io.ml4t.storage.io;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * File names with the parts of keys in them, such as {@code
 * {asset_class}/{frequency}/{symbol}.parquet}. Reads keys from names, and makes names of keys.
 *
 * <p>{@code {asset_class}}, {@code {frequency}} and {@code {symbol}} stand for as much as they can
 * within one name between slashes; a {@code *} for anything there; all else for itself, whatever
 * its case. A part that a key's text form escapes is escaped in a file's name too; a name that is
 * no such form is taken as it is. Immutable.
 */
public final class KeyTemplate implements KeyMapping {
  private static final List<String> PARTS = List.of("asset_class", "frequency", "symbol");
  private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)}|\\*");

  private final String template;
  private final Pattern pattern;
  private final @Nullable String[] constants;

  private KeyTemplate(String template, Pattern pattern, @Nullable String[] constants) {
    this.template = template;
    this.pattern = pattern;
    this.constants = constants;
  }

  /**
   * A template.
   *
   * @throws IllegalArgumentException if it has another name in braces, or one twice
   */
  public static KeyTemplate of(String template) {
    Matcher token = TOKEN.matcher(template);
    StringBuilder regex = new StringBuilder();
    int end = 0;
    for (; token.find(); end = token.end()) {
      regex.append(literal(template.substring(end, token.start())));
      String part = token.group(1);
      if (part == null) {
        regex.append("[^/]*");
        continue;
      }
      int index = PARTS.indexOf(part);
      if (index < 0 || template.indexOf(token.group(), token.end()) >= 0) {
        throw new IllegalArgumentException(
            "Cannot use template '%s': %s; use {asset_class}, {frequency} and {symbol}, each once"
                .formatted(template, token.group() + (index < 0 ? " is unknown" : " comes twice")));
      }
      regex.append("(?<p" + index + ">[^/]+)");
    }
    regex.append(literal(template.substring(end)));
    Pattern pattern =
        Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    return new KeyTemplate(template, pattern, new @Nullable String[PARTS.size()]);
  }

  private static String literal(String text) {
    return text.isEmpty() ? "" : Pattern.quote(text);
  }

  /** The template for files whose names do not say the asset class. */
  public KeyTemplate withAssetClass(String assetClass) {
    return with(0, assetClass);
  }

  /** The template for files whose names do not say the frequency. */
  public KeyTemplate withFrequency(String frequency) {
    return with(1, frequency);
  }

  /** The template for files whose names do not say the symbol. */
  public KeyTemplate withSymbol(String symbol) {
    return with(2, symbol);
  }

  private KeyTemplate with(int part, String value) {
    if (has(part)) {
      throw new IllegalArgumentException(
          "Cannot set %s to '%s': '%s' has it".formatted(PARTS.get(part), value, template));
    }
    @Nullable String[] changed = constants.clone();
    changed[part] = value;
    return new KeyTemplate(template, pattern, changed);
  }

  private boolean has(int part) {
    return template.contains("{" + PARTS.get(part) + "}");
  }

  @Override
  public @Nullable StorageKey keyOf(String path) {
    Matcher matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    String[] parts = new String[PARTS.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = has(i) ? unescape(matcher.group("p" + i)) : constant(i);
    }
    return StorageKey.of(parts[0], parts[1], parts[2]);
  }

  private String constant(int part) {
    String value = constants[part];
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot use template '%s': it says no %s; set it, or add {%<s} to the template"
              .formatted(template, PARTS.get(part)));
    }
    return value;
  }

  private static String unescape(String part) {
    try {
      return StorageKey.parse("a/b/" + part).symbol();
    } catch (InvalidKeyException e) {
      return part;
    }
  }

  /**
   * The name of the file for a key.
   *
   * @throws InvalidKeyException if the template has no place for a part of the key
   * @throws IllegalArgumentException if the template has a {@code *}
   */
  public String pathOf(StorageKey key) {
    if (template.contains("*")) {
      throw new IllegalArgumentException(
          "Cannot make names with template '" + template + "': it has a *");
    }
    List<String> parts = Arrays.asList(key.assetClass(), key.frequency(), key.symbol());
    String[] escaped = key.toString().split("/", -1);
    String path = template;
    for (int i = 0; i < escaped.length; i++) {
      if (!has(i) && !parts.get(i).equals(constants[i])) {
        throw new InvalidKeyException(
            "Cannot name a file for %s: template '%s' has no {%s}"
                .formatted(key, template, PARTS.get(i)));
      }
      path = path.replace("{" + PARTS.get(i) + "}", escaped[i]);
    }
    return path;
  }

  /** The template as it was given. */
  @Override
  public String toString() {
    return template;
  }
}
