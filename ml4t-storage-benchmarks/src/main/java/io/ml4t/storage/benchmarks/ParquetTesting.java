package io.ml4t.storage.benchmarks;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of Parquet files with the store's codec and with parquet-java, column by column,
 * and prints what each makes of it: for the files of <a
 * href="https://github.com/apache/parquet-testing">parquet-testing</a>, which hold the corners of
 * the format.
 */
final class ParquetTesting {
  /** What the codec makes of a column or file, next to parquet-java. */
  private enum Result {
    EQUAL("read, equal"),
    ALONE("read, parquet-java cannot"),
    UNSUPPORTED("refused, of a type that frames have not"),
    NESTED("refused, nested"),
    BROKEN("refused as broken"),
    STRICTER("refused as broken, parquet-java reads it"),
    DIFFERENT("DIFFERENT"),
    UNTYPED("UNTYPED ERROR");

    private final String words;

    Result(String words) {
      this.words = words;
    }

    boolean isRight() {
      return this != DIFFERENT && this != UNTYPED;
    }
  }

  private final FrameCodec codec = FrameCodec.builder().build();
  private int files;
  private int right;

  /** Takes the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    ParquetTesting testing = new ParquetTesting();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".parquet")).sorted().toList()) {
        testing.run(folder.relativize(file).toString(), file);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "FIGURE parquet-testing: %d/%d files read right or refused with a typed error (all) %s%n",
        testing.right,
        testing.files,
        testing.right == testing.files ? "OK" : "SHORT");
  }

  private void run(String name, Path file) {
    Map<Result, List<String>> results = new TreeMap<>();
    try {
      for (Type column : schema(file).getFields()) {
        Result result = column.isPrimitive() ? compare(file, column) : nested(file, column);
        results.computeIfAbsent(result, r -> new ArrayList<>()).add(column.getName());
      }
    } catch (RuntimeException | IOException e) {
      // parquet-java cannot read the footer: then ours is on its own.
      results.computeIfAbsent(whole(file), r -> new ArrayList<>()).add("all");
    }
    files++;
    right += results.keySet().stream().allMatch(Result::isRight) ? 1 : 0;
    List<String> words = new ArrayList<>();
    results.forEach(
        (result, columns) ->
            words.add(
                result.words + (results.size() == 1 && result.isRight() ? "" : ": " + columns)));
    System.out.printf("| %s | %s |%n", name, String.join("; ", words));
  }

  private static MessageType schema(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private Result whole(Path file) {
    Read ours = read(file, List.of());
    return ours.columns() == null ? ours.error() : Result.ALONE;
  }

  private Result nested(Path file, Type column) {
    Read ours = read(file, List.of(column.getName()));
    return switch (ours.error()) {
      case UNSUPPORTED -> Result.NESTED;
      case EQUAL -> Result.DIFFERENT;
      default -> ours.error();
    };
  }

  private Result compare(Path file, Type column) {
    Read ours = read(file, List.of(column.getName()));
    if (ours.error() == Result.UNSUPPORTED || ours.error() == Result.UNTYPED) {
      return ours.error();
    }
    List<Object> theirs = new ArrayList<>();
    try (ParquetReader<Group> reader = new Reader(file, column).build()) {
      for (Group row; (row = reader.read()) != null; ) {
        theirs.add(ParquetJavaValue.of(row, column.asPrimitiveType()));
      }
    } catch (RuntimeException | IOException | LinkageError e) {
      return ours.columns() == null ? Result.BROKEN : Result.ALONE;
    }
    if (ours.columns() == null) {
      return Result.STRICTER;
    }
    return equal(ours.columns().column(column.getName()), theirs) ? Result.EQUAL : Result.DIFFERENT;
  }

  /** What the codec reads; or the error that it refuses with, EQUAL for none. */
  private record Read(@Nullable DataFrame columns, Result error) {}

  private Read read(Path file, List<String> columns) {
    try {
      return new Read(codec.decode(FrameSource.ofFile(file), columns).data(), Result.EQUAL);
    } catch (InvalidDataException e) {
      return new Read(null, Result.UNSUPPORTED);
    } catch (CorruptDataException e) {
      return new Read(null, Result.BROKEN);
    } catch (RuntimeException | IOException e) {
      System.err.println(file + ": " + e);
      return new Read(null, Result.UNTYPED);
    }
  }

  private static boolean equal(Column ours, List<Object> theirs) {
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int row = 0; row < ours.size(); row++) {
      if (!ParquetJavaValue.of(ours, row).equals(theirs.get(row))) {
        return false;
      }
    }
    return true;
  }

  /** parquet-java, with one column. */
  private static final class Reader extends ParquetReader.Builder<Group> {
    Reader(Path file, Type column) {
      super(new LocalInputFile(file), settings(column));
    }

    private static PlainParquetConfiguration settings(Type column) {
      PlainParquetConfiguration settings = new PlainParquetConfiguration();
      settings.set(
          ReadSupport.PARQUET_READ_SCHEMA, new MessageType("column", List.of(column)).toString());
      return settings;
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
