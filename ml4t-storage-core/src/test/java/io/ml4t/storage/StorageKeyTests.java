package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class StorageKeyTests {
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9._=^+@%-]{1,240}");
  private static final Pattern DEVICE =
      Pattern.compile("(?is)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  @Test
  void plain_symbols_read_as_they_are_written() {
    assertThat(StorageKey.of("equities", "daily", "BRK.B")).hasToString("equities/daily/BRK.B");
    assertThat(StorageKey.of("index", "1d", "^GSPC")).hasToString("index/1d/^GSPC");
    assertThat(StorageKey.of("futures", "1h", "ES=F")).hasToString("futures/1h/ES=F");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "BTC/USD, BTC%2FUSD",
        "a b, a%20b",
        "ÅSA, %C3%85SA",
        "CON, %43ON",
        "con.csv, %63on.csv",
        "CONSOLE, CONSOLE",
        "COM10, COM10",
        ".locks, %2Elocks",
        "a., a%2E",
        "..., %2E.%2E",
        "X.manifest, X%2Emanifest",
        "X.Manifest, X%2EManifest",
        "A%41PL, A%2541PL",
      })
  void awkward_symbols_are_escaped(String symbol, String escaped) {
    StorageKey key = StorageKey.of("a", "b", symbol);

    assertThat(key).hasToString("a/b/" + escaped);
    assertThat(StorageKey.parse("a/b/" + escaped)).isEqualTo(key);
  }

  @ParameterizedTest
  @FieldSource("io.ml4t.storage.SymbolCorpus#STORABLE")
  void every_storable_symbol_makes_a_round_trip_in_every_part(String symbol) {
    for (StorageKey key :
        List.of(
            StorageKey.of(symbol, "daily", "AAPL"),
            StorageKey.of("equities", symbol, "AAPL"),
            StorageKey.of("equities", "daily", symbol))) {
      assertThat(StorageKey.parse(key.toString())).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @FieldSource("io.ml4t.storage.SymbolCorpus#STORABLE")
  void the_text_form_is_one_safe_file_name_on_every_file_system(String symbol) {
    assertSafeName(name(symbol));
  }

  @ParameterizedTest
  @FieldSource("io.ml4t.storage.SymbolCorpus#TRAVERSALS")
  void dot_segments_are_refused_however_they_are_encoded(String symbol) {
    assertThatExceptionOfType(PathTraversalException.class)
        .isThrownBy(() -> StorageKey.of("equities", "daily", symbol));
    assertThatExceptionOfType(PathTraversalException.class)
        .isThrownBy(() -> StorageKey.of(symbol, "daily", "AAPL"));
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse("equities/daily/" + symbol));
  }

  @ParameterizedTest
  @FieldSource("io.ml4t.storage.SymbolCorpus#INVALID")
  void what_is_no_text_is_refused(String symbol) {
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("equities", "daily", symbol))
        .withMessageStartingWith("Cannot use")
        .withMessageMatching("[^\\p{Cntrl}]{1,700}");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse("equities/daily/" + symbol));
  }

  @Test
  void an_error_names_the_part_and_the_rule() {
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("", "daily", "AAPL"))
        .withMessage("Cannot use key: its asset class is empty");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("equities", "da\0ily", "AAPL"))
        .withMessage("Cannot use frequency 'da\\u0000ily': control character at 2");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("equities", "daily", "\uD800"))
        .withMessage("Cannot use symbol '\\ud800': it is not valid Unicode");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("equities", "daily", "Å".repeat(41)))
        .withMessageContaining("it takes at least 246 bytes as a file name, at most 240");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"AAPL, 1 part", "equities/AAPL, 2 parts", "a/b/c/d, 4 parts", "a/b/c/, 4 parts"})
  void a_text_form_has_exactly_three_parts(String text, String found) {
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse(text))
        .withMessageContaining("it has " + found + ", expected asset_class/frequency/symbol");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "a b, a%20b",
        "%5E, ^",
        "a%2fb, a%2Fb",
        "%C3%85, %C3%85",
        "CON, %43ON",
        "X.manifest, X%2Emanifest",
        "100%, 100%25",
        "%ff, %25ff",
        "%C0%AE%C0%AE, %25C0%25AE%25C0%25AE"
      })
  void only_the_canonical_escape_of_a_name_parses(String name, String canonical) {
    if (name.equals(canonical)) {
      assertThat(StorageKey.parse("a/b/" + name)).hasToString("a/b/" + canonical);
    } else {
      assertThatExceptionOfType(InvalidKeyException.class)
          .isThrownBy(() -> StorageKey.parse("a/b/" + name))
          .withMessageContaining("it is not in canonical form, write '" + canonical + "'");
    }
  }

  @Test
  void a_name_that_is_locked_and_a_name_that_is_stored_are_one_form() {
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse("equities/daily/A%41PL"))
        .withMessageContaining("write 'AAPL'");
    assertThat(StorageKey.of("equities", "daily", "A%41PL"))
        .isNotEqualTo(StorageKey.of("equities", "daily", "AAPL"));
  }

  @Test
  void distinct_keys_never_share_a_file_even_one_that_an_extension_makes() {
    Map<String, String> owners = new HashMap<>();
    for (String symbol : SymbolCorpus.STORABLE) {
      for (String extension : List.of(".parquet", ".json", ".manifest.json")) {
        // X.json keeps the files X.json.parquet and X.json.json, so none of them is one of X.
        String taken = owners.put(name(symbol) + extension, symbol);
        assertThat(taken).as(name(symbol) + extension).isNull();
      }
    }
  }

  @Test
  void parts_do_not_run_into_each_other() {
    assertThat(
            Stream.of(
                    StorageKey.of("a_b", "c", "d"),
                    StorageKey.of("a", "b_c", "d"),
                    StorageKey.of("a/b", "c", "d"),
                    StorageKey.of("a", "b/c", "d"),
                    StorageKey.of("a%2Fb", "c", "d"))
                .map(StorageKey::toString))
        .doesNotHaveDuplicates();
  }

  @Test
  void composed_and_decomposed_letters_are_distinct() {
    StorageKey composed = StorageKey.of("equities", "daily", "\u00C5SA");
    StorageKey decomposed = StorageKey.of("equities", "daily", "A\u030ASA");

    assertThat(composed).isNotEqualTo(decomposed);
    assertThat(composed.toString()).isNotEqualToIgnoringCase(decomposed.toString());
  }

  @Test
  void random_text_is_refused_or_makes_a_round_trip_to_a_name_of_its_own() {
    long seed = 20240102;
    Map<String, String> owners = new HashMap<>();
    SymbolCorpus.random(seed, 20_000)
        .forEach(
            symbol -> {
              StorageKey key;
              try {
                key = StorageKey.of("a", "b", symbol);
              } catch (InvalidKeyException e) {
                return;
              }
              String name = key.toString().substring(4);
              assertSafeName(name);
              assertThat(StorageKey.parse(key.toString())).as("seed %d", seed).isEqualTo(key);
              assertThat(owners.put(name, symbol)).as("seed %d", seed).isIn(null, symbol);
            });
    assertThat(owners).as("seed %d", seed).hasSizeGreaterThan(10_000);
  }

  @Test
  void a_huge_text_of_nested_escapes_is_refused_at_once() {
    String hostile = "%" + "25".repeat(5_000_000) + "2e";

    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse("a/b/" + hostile));
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.of("a", "b", hostile));
  }

  @Test
  void keys_are_ordered_by_their_parts() {
    List<StorageKey> ordered =
        List.of(
            StorageKey.of("a", "daily", "B"),
            StorageKey.of("a", "daily", "a"),
            StorageKey.of("a", "weekly", "A"),
            StorageKey.of("a-b", "daily", "A"),
            StorageKey.of("a/b", "daily", "A"));
    List<StorageKey> reversed = new ArrayList<>(ordered);
    Collections.reverse(reversed);

    assertThat(reversed.stream().sorted()).containsExactlyElementsOf(ordered);
  }

  private static String name(String symbol) {
    return StorageKey.of("a", "b", symbol).toString().substring(4);
  }

  private static void assertSafeName(String name) {
    assertThat(name).matches(SAFE_NAME).doesNotMatch(DEVICE);
    assertThat(name).doesNotStartWith(".").doesNotEndWith(".");
    assertThat(name.toLowerCase(Locale.ROOT)).doesNotEndWith(".manifest");
    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isEqualTo(name.length());
  }
}
