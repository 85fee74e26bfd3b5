package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file format of a checkpoint: the eight bytes {@code ML4TCKP1}, the content, and the CRC-32C
 * of the content. The content is big-endian, with text as {@link java.io.DataOutput#writeUTF} has
 * it: the format's version, sequence and time of the commit and of the horizon; the number of keys,
 * then per key its three parts, its birth, and its versions.
 */
final class CheckpointCodec {
  private static final byte[] MAGIC = "ML4TCKP1".getBytes(StandardCharsets.US_ASCII);

  private CheckpointCodec() {}

  /** What a checkpoint holds. */
  record Content(Index.Head head, Index.Head horizon, SortedMap<StorageKey, KeyHistory> keys) {
    void forEachFrame(Consumer<Entry.Frame> action) {
      keys.values().forEach(history -> history.forEachFrame(action));
    }
  }

  static List<ByteBuffer> encode(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(StoreFormat.VERSION);
      out.writeLong(content.head.sequence());
      out.writeLong(content.head.time());
      out.writeLong(content.horizon.sequence());
      out.writeLong(content.horizon.time());
      out.writeInt(content.keys.size());
      for (Map.Entry<StorageKey, KeyHistory> key : content.keys.entrySet()) {
        out.writeUTF(key.getKey().assetClass());
        out.writeUTF(key.getKey().frequency());
        out.writeUTF(key.getKey().symbol());
        out.writeLong(key.getValue().born());
        out.writeInt(key.getValue().size());
        for (Entry entry : key.getValue().entries()) {
          write(out, entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer body = ByteBuffer.wrap(bytes.toByteArray());
    ByteBuffer crc = ByteBuffer.allocate(4).putInt(Crc.of(body)).flip();
    return List.of(ByteBuffer.wrap(MAGIC), body, crc);
  }

  private static void write(DataOutputStream out, Entry entry) throws IOException {
    out.writeLong(entry.sequence());
    out.writeLong(entry.time());
    out.writeLong(entry.until());
    Entry.Frame frame = entry.frame();
    out.writeBoolean(frame != null);
    if (frame != null) {
      out.writeUTF(frame.location().file());
      out.writeLong(frame.location().offset());
      out.writeLong(frame.location().length());
      out.writeInt(frame.location().crc());
      out.writeLong(frame.rows());
      write(out, frame.first());
      write(out, frame.last());
      out.writeLong(frame.modified());
      out.writeLong(frame.foreignSize());
    }
  }

  private static void write(DataOutputStream out, @Nullable Instant instant) throws IOException {
    out.writeBoolean(instant != null);
    if (instant != null) {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }
  }

  /**
   * The index that a checkpoint holds.
   *
   * @throws CorruptDataException if it is not what was written
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  static Index read(StoreFiles files, StoreLayout layout, long sequence) throws IOException {
    String name = StoreLayout.checkpoint(sequence);
    ByteBuffer file = files.read(layout.file(name), 0, Integer.MAX_VALUE - 8);
    int size = file.remaining() - MAGIC.length - 4;
    if (size < 0
        || !file.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
        || Crc.of(file.slice(MAGIC.length, size)) != file.getInt(MAGIC.length + size)) {
      throw new CorruptDataException(name, "its checksum is wrong");
    }
    ByteBuffer in = file.slice(MAGIC.length, size);
    try {
      StoreFormat.check(name, in.getInt());
      Index index = new Index(readHead(in), readHead(in));
      Names assetClasses = new Names();
      Names frequencies = new Names();
      Names locations = new Names();
      for (int keys = readCount(in, 0); keys > 0; keys--) {
        StorageKey key = new StorageKey(assetClasses.read(in), frequencies.read(in), readText(in));
        long born = in.getLong();
        List<Entry> entries = new ArrayList<>(1);
        for (int versions = readCount(in, 1); versions > 0; versions--) {
          entries.add(readEntry(in, locations));
        }
        index.load(key, KeyHistory.of(born, entries));
      }
      return index;
    } catch (IOException
        | BufferUnderflowException
        | InvalidKeyException
        | DateTimeException
        | ArithmeticException e) {
      throw new CorruptDataException(name, "it cannot be understood", e);
    }
  }

  private static int readCount(ByteBuffer in, int least) throws IOException {
    int count = in.getInt();
    if (count < least) {
      throw new IOException("there are " + count + " of what there are at least " + least);
    }
    return count;
  }

  private static Index.Head readHead(ByteBuffer in) {
    return new Index.Head(in.getLong(), in.getLong());
  }

  private static Entry readEntry(ByteBuffer in, Names locations) throws IOException {
    long sequence = in.getLong();
    if (sequence < 0) {
      throw new IOException("a version is of commit " + sequence);
    }
    long time = in.getLong();
    long until = in.getLong();
    if (in.get() == 0) {
      return new Entry(sequence, time, until, null);
    }
    FrameLocation location =
        new FrameLocation(locations.read(in), in.getLong(), in.getLong(), in.getInt());
    return new Entry(
        sequence,
        time,
        until,
        new Entry.Frame(
            location, in.getLong(), readInstant(in), readInstant(in), in.getLong(), in.getLong()));
  }

  private static @Nullable Instant readInstant(ByteBuffer in) {
    return in.get() != 0 ? Instant.ofEpochSecond(in.getLong(), in.getInt()) : null;
  }

  /** Texts of which most stand many times, often in a row: one object for each. */
  private static final class Names {
    private final Map<String, String> known = new HashMap<>();
    private byte[] bytes = new byte[0];
    private String last = "";

    String read(ByteBuffer in) throws IOException {
      int start = in.position();
      int from = in.arrayOffset() + start;
      int to = from + bytes.length;
      if (bytes.length > 0
          && in.remaining() >= bytes.length
          && Arrays.equals(in.array(), from, to, bytes, 0, bytes.length)) {
        in.position(start + bytes.length); // The same as the one before.
        return last;
      }
      String name = readText(in);
      bytes = Arrays.copyOfRange(in.array(), from, in.arrayOffset() + in.position());
      String same = known.putIfAbsent(name, name);
      last = same == null ? name : same;
      return last;
    }
  }

  /** Text as {@link java.io.DataInput#readUTF} has it, which nearly always is one byte a letter. */
  private static String readText(ByteBuffer in) throws IOException {
    int start = in.position();
    byte[] text = new byte[2 + Short.toUnsignedInt(in.getShort())];
    in.position(start).get(text);
    for (int i = 2; i < text.length; i++) {
      if (text[i] <= 0) {
        return new DataInputStream(new ByteArrayInputStream(text)).readUTF();
      }
    }
    return new String(text, 2, text.length - 2, StandardCharsets.US_ASCII);
  }
}
