package io.ml4t.storage.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The buffers and codec contexts that work on one column needs, kept for the next. Borrowed from a
 * pool as large as the machine has processors, rather than held by threads: threads may be virtual
 * and many. Not thread-safe while borrowed.
 */
final class Scratch implements AutoCloseable {
  /** Beyond this much a scratch is dropped instead of kept. */
  private static final long MAX_KEPT_BYTES = 32L << 20;

  /** A page that claims to grow by more than this factor proves it before it gets the room. */
  private static final int DOUBTFUL_RATIO = 64;

  private static final int DOUBTFUL_SIZE = 4 << 20;

  private static final ArrayBlockingQueue<Scratch> POOL =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  /** Indices of dictionary entries and similar, {@link #INDICES} at a time. */
  final int[] indices = new int[INDICES];

  static final int INDICES = 1024;

  final CRC32 crc = new CRC32();

  /** Encoded pages of a chunk, headers and all. */
  final Sink chunk = new Sink();

  /** One encoded page, not yet compressed. */
  final Sink plain = new Sink();

  /** A page tried out. */
  final Sink trial = new Sink();

  final LongDictionary dictionary = new LongDictionary();

  private final @Nullable BlockCodec[] codecs = new @Nullable BlockCodec[8];
  private byte[] raw = new byte[0];
  private byte[] page = new byte[0];
  private long[] longs = new long[0];
  private int[] ids = new int[0];
  private int[] levels = new int[0];

  private Scratch() {}

  static Scratch borrow() {
    Scratch kept = POOL.poll();
    return kept != null ? kept : new Scratch();
  }

  /** Whether a claimed length is so much more than the bytes there that it needs proof. */
  static boolean isDoubtful(int compressed, int length) {
    return length > DOUBTFUL_SIZE && length / DOUBTFUL_RATIO > compressed;
  }

  /** Room for the bytes of a page as they are in the file. */
  byte[] raw(int length) {
    if (raw.length < length) {
      raw = new byte[roomFor(length)];
    }
    return raw;
  }

  /** Room for the bytes of a page, decompressed. */
  byte[] page(int length) {
    if (page.length < length) {
      page = new byte[roomFor(length)];
    }
    return page;
  }

  /** Reads a page of a claimed length from a stream, without trusting the claim. */
  byte[] readPage(InputStream in, int length) throws IOException {
    page(Math.min(length, DOUBTFUL_SIZE));
    int size = 0;
    while (size < length) {
      if (size == page.length) {
        page = Arrays.copyOf(page, (int) Math.min(roomFor(length), page.length * 2L));
      }
      int read = in.read(page, size, Math.min(page.length, length) - size);
      MalformedException.check(read > 0, "a page decompresses to another length");
      size += read;
    }
    MalformedException.check(in.read() < 0, "a page decompresses to another length");
    return page;
  }

  long[] longs(int length) {
    if (longs.length < length) {
      longs = new long[length];
    }
    return longs;
  }

  int[] ids(int length) {
    if (ids.length < length) {
      ids = new int[length];
    }
    return ids;
  }

  int[] levels(int length) {
    if (levels.length < length) {
      levels = new int[length];
    }
    return levels;
  }

  /** The codec of that number in Parquet's {@code CompressionCodec}; not for uncompressed pages. */
  BlockCodec codec(int id) {
    MalformedException.check(id > 0 && id < codecs.length, "there is no compression codec " + id);
    BlockCodec codec = codecs[id];
    if (codec == null) {
      codec = newCodec(id);
      codecs[id] = codec;
    }
    return codec;
  }

  private static BlockCodec newCodec(int id) {
    return switch (id) {
      case 1 -> new SnappyCodec();
      case 2 -> new GzipCodec();
      case 5 -> new HadoopLz4Codec();
      case 6 -> new ZstdCodec();
      case 7 -> new Lz4Codec();
      default -> throw new NotCoveredException("compression codec " + id);
    };
  }

  /** A little more than asked for, so that bits are unpacked by whole longs to the very end. */
  private static int roomFor(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8, length + 64L);
  }

  /** Gives the scratch back. */
  @Override
  public void close() {
    long held =
        raw.length
            + (long) page.length
            + 8L * longs.length
            + 4L * ids.length
            + 4L * levels.length
            + chunk.array().length
            + plain.array().length
            + trial.array().length
            + dictionary.bytes();
    if (held > MAX_KEPT_BYTES || !POOL.offer(this)) {
      for (BlockCodec codec : codecs) {
        if (codec != null) {
          codec.close();
        }
      }
    }
  }
}
