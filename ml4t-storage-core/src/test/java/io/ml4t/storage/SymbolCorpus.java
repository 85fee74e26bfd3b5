package io.ml4t.storage;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Symbols that a store must keep apart, and text that it must refuse. */
public final class SymbolCorpus {
  /** Real and awkward symbols; all can be stored side by side. */
  public static final List<String> STORABLE =
      List.of(
          "AAPL",
          "aapl",
          "Aapl",
          "BRK.B",
          "BRK-B",
          "BTC/USD",
          "BTC-USD",
          "BTC_USD",
          "BTC\\USD",
          "^GSPC",
          "ES=F",
          "EURUSD=X",
          "0700.HK",
          "600519.SS",
          "ÅSA",
          "A\u030ASA",
          "トヨタ",
          "тест",
          "\uD83D\uDE80",
          "a b",
          " a",
          "a ",
          "a.",
          "a..",
          ".a",
          "...",
          "a..b",
          ".locks",
          ".ml4t",
          "~",
          "%",
          "%41",
          "A%41PL",
          "%2F",
          "%zz",
          "+",
          "@ES",
          "=cmd",
          "-rf",
          "CON",
          "con",
          "CON.",
          "CON.csv",
          "nul.tar.gz",
          "CON.\u2028",
          "PRN",
          "AUX",
          "COM1",
          "lpt9",
          "COM\u00B9",
          "CONSOLE",
          "COM10",
          "X",
          "X.manifest",
          "X.MANIFEST",
          "X.manifest.json",
          "X.json",
          "X.parquet",
          ".manifest",
          "manifest",
          "a:b",
          "a*b?",
          "<a|b>",
          "\"a\"",
          "\uFF0E\uFF0E",
          "\u202Ea",
          "\uFEFFa",
          "a\u200Db",
          "x".repeat(240));

  /** Text that names a parent folder, however it is encoded. */
  public static final List<String> TRAVERSALS =
      List.of(
          "..",
          ".",
          "../x",
          "a/../b",
          "a/..",
          "..\\x",
          "a\\..\\b",
          "%2e%2e",
          "%2E%2e",
          ".%2e",
          "%2e",
          "%2e%2e%2fx",
          "..%5cx",
          "%252e%252e",
          "%25252e%25252e%25252fx",
          "a/./b");

  /** Other text that cannot be stored. */
  public static final List<String> INVALID =
      List.of(
          "",
          "\0",
          "a\0b",
          "a\nb",
          "\t",
          "\u007F",
          "\u0085",
          "\uD800",
          "a\uDC00",
          "\uDE80\uD83D",
          "x".repeat(241),
          "ÅÅ".repeat(21),
          "x".repeat(100_000));

  private SymbolCorpus() {}

  /** Random text of the characters that make trouble, some of which cannot be stored. */
  public static Stream<String> random(long seed, int count) {
    Random random = new Random(seed);
    String alphabet = "aAZ09._-=^+@ %2eE5F/\\:*Åå\u030Aé\u0130ı\uD83D\uDE80CONcon";
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                random
                    .ints(1 + random.nextInt(8), 0, alphabet.length())
                    .collect(
                        StringBuilder::new,
                        (text, at) -> text.append(alphabet.charAt(at)),
                        StringBuilder::append)
                    .toString());
  }
}
