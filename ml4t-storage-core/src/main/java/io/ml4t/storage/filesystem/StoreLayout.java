package io.ml4t.storage.filesystem;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where everything is below a data root. */
final class StoreLayout {
  static final String PARQUET = ".parquet";
  static final String JSON = ".json";
  static final String MANIFEST = ".manifest.json";
  private static final String RECORD = ".commit";
  private static final String PACK = ".pack";
  private static final String OBJECT = ".pq";
  private static final int NUMBER_LENGTH = 20;

  private static final Pattern ID =
      Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}(\\.pq)?");
  private static final Pattern OBJECT_NAME = Pattern.compile("objects/[0-9a-f-]{36}\\.pq");

  /** The folder that holds all that the plain view does not show. */
  static final String INTERNAL = ".ml4t";

  final Path root;
  final Path internal;
  final Path log;
  final Path packs;
  final Path checkpoints;
  final Path objects;
  final Path staging;
  final Path tags;
  final Path quarantine;
  final Path locks;

  /** Empty; its time says up to which commit plain files are durable, see {@link PlainChecker}. */
  final Path synced;

  final Path format;

  private final Clock clock;

  /**
   * The layout below a root.
   *
   * @param root a real path
   */
  StoreLayout(Path root, Clock clock) {
    this.clock = clock;
    this.root = root;
    this.internal = root.resolve(INTERNAL);
    this.log = internal.resolve("log");
    this.packs = internal.resolve("packs");
    this.checkpoints = internal.resolve("checkpoints");
    this.objects = internal.resolve("objects");
    this.staging = internal.resolve("staging");
    this.tags = internal.resolve("tags");
    this.quarantine = internal.resolve("quarantine");
    this.locks = internal.resolve("locks");
    this.synced = internal.resolve("synced");
    this.format = internal.resolve("format");
  }

  /** The name of a record, relative to the internal folder. */
  static String record(long sequence) {
    return "log/" + number(sequence) + RECORD;
  }

  /** A name for a pack; never one that there was before, for a checkpoint may refer to that. */
  String newPack(long sequence) {
    return "packs/" + number(sequence) + "-" + newId() + PACK;
  }

  static String checkpoint(long sequence) {
    return "checkpoints/" + number(sequence);
  }

  String newObject() {
    return "objects/" + newId() + OBJECT;
  }

  /** The name, if it is one that {@link #newObject()} makes. */
  static String checkedObject(String name) {
    if (!OBJECT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("No object is named '" + name + "'");
    }
    return name;
  }

  Path file(String internalName) {
    return internal.resolve(internalName);
  }

  /** A name in the staging folder that nobody else uses. */
  Path staged() {
    return staging.resolve(newId());
  }

  /** A name in the quarantine for a file. */
  Path aside(Path file) {
    return quarantine.resolve(newId() + "-" + file.getFileName());
  }

  /** A UUID of version 7: its first 48 bits are the milliseconds since the epoch. */
  String newId() {
    UUID random = UUID.randomUUID();
    long time = (clock.millis() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
    return new UUID(time, random.getLeastSignificantBits()).toString();
  }

  /** When a staged file or object was named; long ago where the name is not one of ours. */
  static Instant createdAt(String name) {
    Matcher id = ID.matcher(name);
    return id.matches()
        ? Instant.ofEpochMilli(Long.parseLong(id.group(1) + id.group(2), 16))
        : Instant.EPOCH;
  }

  /** The sequence in the name of a record or checkpoint, -1 where it is no such name. */
  static long sequence(String name) {
    String digits = name.endsWith(RECORD) ? name.substring(0, name.length() - 7) : name;
    if (digits.length() != NUMBER_LENGTH || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String number(long sequence) {
    String digits = Long.toString(sequence);
    return "0".repeat(NUMBER_LENGTH - digits.length()) + digits;
  }
}
