package io.ml4t.storage.directory;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.filesystem.StoreFiles;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directories of ml4t-data from 0.1 on, read only. Each key has a folder with immutable
 * generations, each a file {@code data.parquet} or a hive-partitioned tree of such files by year,
 * month, day and hour; with commits, each a JSON file that names a generation and its metadata; and
 * with a file {@code CURRENT} that names the commit to read.
 *
 * <p>Where the current commit is broken this fails. (ml4t-data reads an older one instead.)
 *
 * @see <a href="https://github.com/ml4t/data">ml4t-data</a>
 */
final class Generations implements Layout {
  private static final String CURRENT = "CURRENT";
  private static final String DATA = "data.parquet";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern PARTITION = Pattern.compile("(year|month|day|hour)=(\\d{1,9})");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** How often a generation may be pruned between a look at {@code CURRENT} and its reading. */
  private static final int MAX_READS = 10;

  /** What a commit says of its files rather than of the data in them. */
  private static final List<String> OF_THE_FILES =
      List.of("partitions", "file_path", "file_size_mb", "row_count", "schema", "custom");

  private static final DataFrame NO_ROWS =
      DataFrame.builder()
          .timestamps(DataObject.TIMESTAMP, new Instant[0])
          .doubles("open")
          .doubles("high")
          .doubles("low")
          .doubles("close")
          .doubles("volume")
          .build();

  private final StoreFiles files;
  private final Path root;
  private final FrameCodec codec;

  Generations(StoreFiles files, Path root, FrameCodec codec) {
    this.files = files;
    this.root = root;
    this.codec = codec;
  }

  /** Whether the directory is one of these. */
  static boolean isAt(StoreFiles files, Path root) throws IOException {
    return files.list(root).stream()
        .anyMatch(
            name ->
                name.startsWith(GenerationKeys.PREFIX)
                    && files.exists(root.resolve(name).resolve(CURRENT)));
  }

  private record Commit(Path generation, JsonNode metadata, long modified) {}

  @Override
  public @Nullable Stamp stamp(StorageKey key) throws IOException {
    Commit commit = current(key);
    if (commit == null) {
      return null;
    }
    long bytes = 0;
    for (Path file : data(commit.generation)) {
      StoreFiles.Stat stat = files.stat(file);
      bytes += stat == null ? 0 : stat.size();
    }
    return new Stamp(commit.modified / 1_000, bytes);
  }

  @Override
  public long rows(StorageKey key) throws IOException {
    Commit commit = current(key);
    long rows = 0;
    for (Path file : commit == null ? List.<Path>of() : data(commit.generation)) {
      FrameSource source = FrameSource.ofFile(inside(file));
      rows += codec.readFooter(new NamedSource(name(file), source)).rows();
    }
    return rows;
  }

  @Override
  public @Nullable DataObject read(StorageKey key, List<String> columns) throws IOException {
    for (int tries = 1; ; tries++) {
      Commit commit = current(key);
      if (commit == null) {
        return null;
      }
      try {
        DataFrame rows = rows(commit.generation, columns);
        return DataObject.ofColumns(rows, metadata(key, commit.metadata));
      } catch (NoSuchFileException e) {
        if (tries == MAX_READS) {
          throw new CorruptDataException(name(commit.generation), "its files are gone", e);
        }
      }
    }
  }

  @Override
  public Listing list() throws IOException {
    Map<String, StorageException> unusable = new TreeMap<>();
    TreeSet<StorageKey> keys = new TreeSet<>();
    for (String name : files.list(root)) {
      if (name.startsWith(GenerationKeys.PREFIX)
          && files.exists(root.resolve(name).resolve(CURRENT))) {
        try {
          keys.add(GenerationKeys.decode(name));
          inside(root.resolve(name));
        } catch (StorageException e) {
          unusable.put(name, e);
        }
      }
    }
    return new Listing(keys, unusable);
  }

  private @Nullable Commit current(StorageKey key) throws IOException {
    String name = GenerationKeys.encode(key);
    Path folder = inside(root.resolve(name));
    StoreFiles.Stat pointer = files.stat(folder.resolve(CURRENT));
    if (pointer == null || !GenerationKeys.decode(name).equals(key)) {
      return null;
    }
    String id = id(text(folder.resolve(CURRENT)).strip(), folder.resolve(CURRENT));
    Path file = folder.resolve("commits").resolve(id + ".json");
    try {
      JsonNode commit = MAPPER.readTree(text(file));
      if (commit.path("format_version").asInt(1) != 1) {
        throw new UnsupportedFormatException(
            "Cannot read %s: its format is %s, known is 1"
                .formatted(name(file), commit.path("format_version")));
      }
      String generation = id(commit.path("generation").asString(""), file);
      JsonNode metadata = commit.path("metadata");
      if (!metadata.isObject()) {
        throw new CorruptDataException(name(file), "it has no metadata");
      }
      return new Commit(
          folder.resolve("generations").resolve(generation), metadata, pointer.modified());
    } catch (JacksonException e) {
      throw new CorruptDataException(name(file), "it is not JSON", e);
    } catch (NoSuchFileException e) {
      throw new CorruptDataException(name(file), "CURRENT names it, but it is missing", e);
    }
  }

  private String id(String text, Path file) {
    if (!ID.matcher(text).matches()) {
      throw new CorruptDataException(name(file), "it names nothing that there can be");
    }
    return text;
  }

  private String text(Path file) throws IOException {
    return StandardCharsets.UTF_8
        .decode(files.read(inside(file), 0, Integer.MAX_VALUE - 8))
        .toString();
  }

  private DataFrame rows(Path generation, List<String> columns) throws IOException {
    Map<String, Column> all = new LinkedHashMap<>();
    Path first = null;
    for (Path file : data(generation)) {
      FrameSource source =
          FrameSource.ofBytes(name(file), files.read(inside(file), 0, Integer.MAX_VALUE - 8));
      DataFrame part = codec.decode(source, columns).data();
      if (first == null) {
        first = file;
        part.columnNames().forEach(column -> all.put(column, part.column(column)));
      } else if (!part.columnNames().equals(List.copyOf(all.keySet()))) {
        throw differing(file, first);
      } else {
        for (String column : part.columnNames()) {
          try {
            all.merge(column, part.column(column), Column::concat);
          } catch (IllegalArgumentException e) {
            throw differing(file, first);
          }
        }
      }
    }
    if (first == null) {
      return columns.isEmpty() ? NO_ROWS : NO_ROWS.select(columns);
    }
    return DataFrame.of(all);
  }

  private InvalidDataException differing(Path file, Path first) {
    return new InvalidDataException(
        "Cannot read %s: its columns are not those of %s".formatted(name(file), name(first)));
  }

  /** The files of a generation in order of time; none where a hive has no rows. */
  private List<Path> data(Path generation) throws IOException {
    if (!files.exists(generation)) {
      throw new NoSuchFileException(generation.toString());
    }
    List<Path> found = new ArrayList<>();
    collect(generation, found);
    return found;
  }

  private void collect(Path folder, List<Path> found) throws IOException {
    if (files.exists(folder.resolve(DATA))) {
      found.add(folder.resolve(DATA));
      return;
    }
    Map<Integer, Path> parts = new TreeMap<>();
    for (String name : files.list(folder)) {
      Matcher partition = PARTITION.matcher(name);
      if (partition.matches()) {
        parts.put(Integer.valueOf(partition.group(2)), folder.resolve(name));
      }
    }
    for (Path part : parts.values()) {
      collect(part, found);
    }
  }

  /**
   * The members of {@code custom} are those of ml4t-data's {@link Metadata}; around them is what
   * the store keeps of its own, of which the history of updates is taken over.
   */
  private Metadata metadata(StorageKey key, JsonNode commit) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(members(commit));
    OF_THE_FILES.forEach(fields::remove);
    members(commit.path("custom"))
        .forEach(
            (name, value) -> {
              if (value != null || fields.get(name) == null) {
                fields.put(name, value);
              }
            });
    fields.putIfAbsent("asset_class", key.assetClass());
    fields.putIfAbsent("symbol", key.symbol());
    if (fields.get("bar_type") == null) {
      fields.putIfAbsent("frequency", key.frequency());
    }
    return Metadata.of(fields).withKey(key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> members(JsonNode object) {
    return object.isObject() ? MAPPER.treeToValue(object, LinkedHashMap.class) : Map.of();
  }

  private Path inside(Path file) throws IOException {
    if (!files.realPath(file).startsWith(root)) {
      throw new PathTraversalException(
          "Cannot use " + name(file) + ": a symbolic link leads out of the directory");
    }
    return file;
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }
}
