package io.ml4t.storage.migration;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.regime.ForeignWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files in a directory of frames that are no frames, or not what they should be. */
final class HostileInputs {
  private interface Input {
    /** Makes the files of a symbol, and tells the name under which they must be reported. */
    String make(Path folder, String symbol, Random random) throws IOException;
  }

  private static final List<String> SIDECARS =
      List.of(
          "",
          "{",
          "null",
          "[1, 2]",
          "{\"provider\": \"x\"",
          "{\"provider\": \"x\"}",
          "{\"symbol\": 7, \"asset_class\": \"equities\", \"frequency\": \"daily\"}",
          "{\"symbol\": \"X\", \"asset_class\": \"equities\", \"bar_type\": \"time\"}",
          "{\"symbol\": \"X\", \"asset_class\": \"e\", \"bar_type\": \"time\", \"bar_params\": \"daily\"}",
          "{\"symbol\": \"../../x\", \"asset_class\": \"equities\", \"frequency\": \"daily\"}",
          "{\"symbol\": \"X\\u0000\", \"asset_class\": \"equities\", \"frequency\": \"daily\"}",
          "[".repeat(100_000),
          "{\"symbol\": \"X\", \"asset_class\": \"equities\", \"frequency\": \"daily\"} trailing");

  private static final List<Input> ALL =
      List.of(
          HostileInputs::truncated,
          HostileInputs::flipped,
          HostileInputs::garbage,
          HostileInputs::footerOfTheWrongLength,
          HostileInputs::wrongColumn,
          HostileInputs::wrongSidecar,
          HostileInputs::wrongSidecar,
          HostileInputs::wrongName,
          HostileInputs::noFile);

  private HostileInputs() {}

  /** Makes one of each kind in turn. */
  static String make(int number, Path folder, Random random) throws IOException {
    return ALL.get(number % ALL.size()).make(folder, "BAD" + number, random);
  }

  private static String truncated(Path folder, String symbol, Random random) throws IOException {
    byte[] whole = ForeignWriter.encode(bars(symbol));
    return parquet(folder, symbol, Arrays.copyOf(whole, random.nextInt(whole.length)));
  }

  /**
   * A bit of a page or its header. Of a header there is no checksum, so the rows may turn out to be
   * unharmed.
   */
  private static String flipped(Path folder, String symbol, Random random) throws IOException {
    byte[] whole = ForeignWriter.encode(bars(symbol));
    int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
    int at = 4 + random.nextInt((whole.length - 8 - footer) / 4);
    whole[at] ^= (byte) (1 << random.nextInt(8));
    return parquet(folder, symbol, whole);
  }

  private static String garbage(Path folder, String symbol, Random random) throws IOException {
    byte[] bytes = new byte[random.nextInt(4_000)];
    random.nextBytes(bytes);
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= 8) {
      System.arraycopy(magic, 0, bytes, 0, 4);
      System.arraycopy(magic, 0, bytes, bytes.length - 4, 4);
    }
    return parquet(folder, symbol, bytes);
  }

  private static String footerOfTheWrongLength(Path folder, String symbol, Random random)
      throws IOException {
    byte[] whole = ForeignWriter.encode(bars(symbol));
    ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int[] lengths = {0, -1, Integer.MAX_VALUE, whole.length, random.nextInt(50)};
    bytes.putInt(whole.length - 8, lengths[random.nextInt(lengths.length)]);
    return parquet(folder, symbol, whole);
  }

  private static String wrongColumn(Path folder, String symbol, Random random) throws IOException {
    DataFrame frame = bars(symbol).data();
    DataFrame text = DataFrame.builder().strings("x", new String[frame.rowCount()]).build();
    List<DataFrame> wrong =
        List.of(
            frame.withColumn("close", text.column("x")),
            frame.withColumn("timestamp", frame.column("volume")),
            frame.select(List.of("timestamp", "open", "high", "low", "close")),
            frame.select(List.of("volume")));
    return parquet(folder, symbol, ForeignWriter.encode(wrong.get(random.nextInt(wrong.size()))));
  }

  private static String wrongSidecar(Path folder, String symbol, Random random) throws IOException {
    Files.write(folder.resolve(symbol + ".parquet"), ForeignWriter.encode(bars(symbol)));
    String name = symbol + (random.nextBoolean() ? ".json" : ".manifest.json");
    Files.writeString(folder.resolve(name), SIDECARS.get(random.nextInt(SIDECARS.size())));
    return "equities/daily/" + symbol;
  }

  private static String wrongName(Path folder, String symbol, Random random) throws IOException {
    List<String> wrong =
        List.of("%s ", "a b %s", "%%2e%%2e%s", "A%%41%s", "é%s", "%s:x", "%%252e%%252e%%252f%s");
    String name = wrong.get(random.nextInt(wrong.size())).formatted(symbol) + ".parquet";
    Files.write(folder.resolve(name), ForeignWriter.encode(bars(symbol)));
    return "equities/daily/" + name;
  }

  private static String noFile(Path folder, String symbol, Random random) throws IOException {
    Path path = folder.resolve(symbol + ".parquet");
    if (random.nextBoolean()) {
      Files.createDirectory(path);
    } else {
      Files.createSymbolicLink(path, Path.of("GOOD0.parquet"));
    }
    return "equities/daily/" + symbol + ".parquet";
  }

  /** What a symbol has where nothing is wrong with it. */
  static DataObject bars(String symbol) {
    return Bars.of(symbol, 50, 100);
  }

  private static String parquet(Path folder, String symbol, byte[] bytes) throws IOException {
    Files.write(folder.resolve(symbol + ".parquet"), bytes);
    return "equities/daily/" + symbol;
  }
}
