package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.filesystem.CommitRecord.Change;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file format of a commit record: the eight bytes {@code ML4TLOG1}; the length of the header
 * and the CRC-32C of the header, each a little-endian int; the header, a JSON object; then the
 * bytes of the small frames, each at the place, counted from the end of the header, that the header
 * says.
 */
final class RecordCodec {
  private static final byte[] MAGIC = "ML4TLOG1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = MAGIC.length + 8;
  private static final int FIRST_READ = 16 * 1024;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** A record and the bytes of its file. */
  record Encoded(CommitRecord commit, List<ByteBuffer> bytes) {
    long size() {
      return bytes.stream().mapToLong(ByteBuffer::remaining).sum();
    }
  }

  private RecordCodec() {}

  static Encoded encode(long sequence, long time, List<StagedChange> changes) {
    byte[] header = header(sequence, time, changes);
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX + header.length).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(MAGIC).putInt(header.length).putInt(Crc.of(ByteBuffer.wrap(header))).put(header);

    List<ByteBuffer> bytes = new ArrayList<>();
    bytes.add(prefix.flip());
    List<Change> placed = new ArrayList<>();
    String file = StoreLayout.record(sequence);
    long end = prefix.limit();
    for (StagedChange change : changes) {
      Entry.Frame frame = change.frame();
      if (frame != null && change.isInline()) {
        change.bytes().forEach(bytes::add);
        frame =
            frame.at(
                new FrameLocation(file, end, frame.location().length(), frame.location().crc()));
        end += frame.location().length();
      }
      placed.add(new Change(change.key(), frame));
    }
    return new Encoded(new CommitRecord(sequence, time, placed), bytes);
  }

  private static byte[] header(long sequence, long time, List<StagedChange> changes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("format", StoreFormat.VERSION);
      json.writeNumberProperty("sequence", sequence);
      json.writeStringProperty("time", Times.instant(time).toString());
      json.writeArrayPropertyStart("changes");
      long at = 0;
      for (StagedChange change : changes) {
        json.writeStartObject();
        json.writeStringProperty(
            change.frame() == null ? "delete" : "put", change.key().toString());
        if (change.frame() != null) {
          frame(json, change.frame(), at);
        }
        json.writeEndObject();
        at += change.inlineBytes();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void frame(JsonGenerator json, Entry.Frame frame, long at) {
    if (frame.location().isObject()) {
      json.writeStringProperty("object", frame.location().file());
    } else {
      json.writeNumberProperty("at", at);
    }
    json.writeNumberProperty("length", frame.location().length());
    json.writeNumberProperty("crc32c", frame.location().crc());
    json.writeNumberProperty("rows", frame.rows());
    if (frame.first() != null && frame.last() != null) {
      json.writeStringProperty("first", frame.first().toString());
      json.writeStringProperty("last", frame.last().toString());
    }
    json.writeNumberProperty("modified", frame.modified());
    if (frame.foreignSize() >= 0) {
      json.writeNumberProperty("foreignSize", frame.foreignSize());
    }
  }

  /**
   * Reads the header of a record. Frames are not looked at.
   *
   * @throws CorruptDataException if it is not what was written
   */
  static CommitRecord read(StoreFiles files, StoreLayout layout, long sequence) throws IOException {
    String name = StoreLayout.record(sequence);
    Path file = layout.file(name);
    ByteBuffer bytes = files.read(file, 0, FIRST_READ).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < PREFIX || !startsWithMagic(bytes)) {
      throw new CorruptDataException(name, "it is not a commit record");
    }
    int length = bytes.getInt(MAGIC.length);
    int crc = bytes.getInt(MAGIC.length + 4);
    if (length < 0) {
      throw new CorruptDataException(name, "its header's length is negative");
    }
    ByteBuffer header =
        length <= bytes.remaining() - PREFIX
            ? bytes.slice(PREFIX, length)
            : files.read(file, PREFIX, length);
    if (header.remaining() != length || Crc.of(header) != crc) {
      throw new CorruptDataException(name, "the checksum of its header is wrong");
    }
    return parse(name, sequence, PREFIX + length, StandardCharsets.UTF_8.decode(header).toString());
  }

  private static boolean startsWithMagic(ByteBuffer bytes) {
    return bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  private static CommitRecord parse(String name, long sequence, long body, String header) {
    try {
      JsonNode json = MAPPER.readTree(header);
      StoreFormat.check(name, json.required("format").asInt());
      if (json.required("sequence").asLong() != sequence) {
        throw new CorruptDataException(name, "it is the record of another commit");
      }
      List<Change> changes = new ArrayList<>();
      for (JsonNode change : json.required("changes")) {
        changes.add(
            change.has("delete")
                ? new Change(StorageKey.parse(change.required("delete").asString()), null)
                : new Change(
                    StorageKey.parse(change.required("put").asString()),
                    frame(name, body, change)));
      }
      return new CommitRecord(
          sequence, Times.micros(Instant.parse(json.required("time").asString())), changes);
    } catch (CorruptDataException | UnsupportedFormatException e) {
      throw e;
    } catch (JacksonException | DateTimeException | IllegalArgumentException | StorageException e) {
      throw new CorruptDataException(name, "its header cannot be understood", e);
    }
  }

  private static Entry.Frame frame(String record, long body, JsonNode json) {
    long length = json.required("length").asLong();
    int crc = json.required("crc32c").asInt();
    FrameLocation location =
        json.has("object")
            ? new FrameLocation(
                StoreLayout.checkedObject(json.required("object").asString()), 0, length, crc)
            : new FrameLocation(record, body + json.required("at").asLong(), length, crc);
    return new Entry.Frame(
        location,
        json.required("rows").asLong(),
        instant(json.get("first")),
        instant(json.get("last")),
        json.required("modified").asLong(),
        json.has("foreignSize") ? json.required("foreignSize").asLong() : -1);
  }

  private static @Nullable Instant instant(@Nullable JsonNode json) {
    return json == null ? null : Instant.parse(json.asString());
  }
}
