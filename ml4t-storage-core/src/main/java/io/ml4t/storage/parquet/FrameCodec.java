package io.ml4t.storage.parquet;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Frames to Parquet files and back, in memory. Reads any flat file of the common writers; what a
 * column becomes is told at {@code TypeMapping}. Thread-safe, and made once to be used for all.
 *
 * <p>Files written here are deterministic: the same frame and key/values give the same bytes. Their
 * columns are all optional; integers, timestamps and dates are delta-encoded or in a dictionary,
 * floating point numbers in a dictionary, byte-stream-split or plain, text in a dictionary or
 * plain, as the data has it. Pages have version 2 and a checksum; chunks have statistics, a column
 * index and an offset index.
 *
 * <p>A file that is broken in any way gives {@link CorruptDataException}; a sound one that a frame
 * cannot hold, {@link InvalidDataException}; a source that fails, {@link StorageException}.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">the format</a>
 */
public final class FrameCodec {
  /** The rows of a row group of the files written here; the last has fewer. */
  public static final int ROW_GROUP_ROWS = FileWriter.ROW_GROUP_ROWS;

  /** A file this small is one buffer. */
  private static final int SMALL_FILE = 256 * 1024;

  private final WriteSettings settings;
  private final Parallel parallel;

  private FrameCodec(Builder builder) {
    settings =
        new WriteSettings(
            new PageCompressor(builder.compression, builder.level), builder.byteStreamSplit);
    parallel = new Parallel(builder.executor);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Writes a file of the frame.
   *
   * @param keyValues go to the footer, beside {@code parquet.avro.schema}
   * @throws InvalidDataException if text of the frame is not valid Unicode
   */
  public EncodedFrame encode(DataFrame frame, Map<String, String> keyValues) {
    List<ByteBuffer> buffers = new ArrayList<>();
    writer(frame, keyValues, false).forEachRemaining(buffers::add);
    EncodedFrame file = EncodedFrame.of(buffers);
    return file.length() <= SMALL_FILE ? joined(file) : file;
  }

  /**
   * Writes the same file, without holding more than a row group of it. Each iteration encodes it
   * anew, a row group when its first part is asked for; a part keeps its content until the next is
   * asked for.
   *
   * @param keyValues go to the footer, beside {@code parquet.avro.schema}
   * @return the parts in order; asking for one throws {@link InvalidDataException} if text of the
   *     frame is not valid Unicode
   */
  public Iterable<ByteBuffer> encodeInParts(DataFrame frame, Map<String, String> keyValues) {
    return () -> writer(frame, keyValues, true);
  }

  private FileWriter writer(DataFrame frame, Map<String, String> keyValues, boolean reusing) {
    Map<String, String> all = new LinkedHashMap<>();
    AvroSchema.of(frame).ifPresent(schema -> all.put(AvroSchema.KEY, schema));
    all.putAll(keyValues);
    return new FileWriter(frame, all, settings, parallel, reusing);
  }

  private static EncodedFrame joined(EncodedFrame file) {
    ByteBuffer all = ByteBuffer.allocate((int) file.length());
    file.buffers().forEach(all::put);
    return EncodedFrame.of(List.of(all.flip()));
  }

  /** Reads all columns of a file. */
  public DecodedFrame decode(FrameSource source) {
    return decode(source, List.of());
  }

  /**
   * Reads some columns of a file; of a large file no byte of the others is read.
   *
   * @param columns the names, in the order that the frame gets; none means all
   * @throws InvalidDataException if a column is missing, or is nested or of a type that no frame
   *     holds
   * @throws CorruptDataException if the file is broken
   */
  public DecodedFrame decode(FrameSource source, Collection<String> columns) {
    return guarded(source, () -> FileReader.open(source).read(columns, parallel));
  }

  /**
   * Reads the footer of a file.
   *
   * @throws InvalidDataException if a column is nested or of a type that no frame holds
   * @throws CorruptDataException if the footer is broken
   */
  public FrameFooter readFooter(FrameSource source) {
    return guarded(source, () -> FileReader.open(source).footer());
  }

  /**
   * The same file with key/values added to its footer, or replaced there. Its pages are not
   * touched, and its buffers may be views of the source's.
   *
   * @throws CorruptDataException if the footer is broken
   */
  public EncodedFrame withKeyValues(FrameSource source, Map<String, String> keyValues) {
    return guarded(source, () -> FooterEditor.withKeyValues(source, keyValues));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Whatever goes wrong while bytes are taken apart means that the bytes are wrong. */
  private static <T> T guarded(FrameSource source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedException e) {
      throw new CorruptDataException(source.name(), String.valueOf(e.getMessage()), e);
    } catch (NotCoveredException e) {
      throw new InvalidDataException(
          "Cannot read "
              + source.name()
              + ": it has "
              + e.getMessage()
              + ", which is not supported; write it anew with zstd",
          e);
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | ArithmeticException
        | NegativeArraySizeException e) {
      throw new CorruptDataException(source.name(), "it contradicts itself or is cut short", e);
    } catch (IOException | UncheckedIOException e) {
      throw new StorageException("Cannot read " + source.name() + ": " + e.getMessage(), e);
    }
  }

  /** Collects the options of a {@link FrameCodec}. Not thread-safe. */
  public static final class Builder {
    private Compression compression = Compression.ZSTD;
    private int level = PageCompressor.DEFAULT_LEVEL;
    private boolean byteStreamSplit = true;
    private @Nullable Executor executor;

    private Builder() {}

    /** How pages are compressed; by default with zstd. */
    public Builder compression(Compression value) {
      compression = value;
      return this;
    }

    /**
     * The level of zstd; other codecs have none. 3 by default, the best compromise measured; at 3,
     * pages below 4 KiB, as small frames have them, are compressed at -1, which takes half the
     * time.
     *
     * @param value from 1, or below for faster and larger, to 22
     */
    public Builder compressionLevel(int value) {
      if (value < -100 || value > 22) {
        throw new IllegalArgumentException(
            "Cannot use compression level " + value + ": zstd has -100 to 22");
      }
      level = value;
      return this;
    }

    /**
     * Whether the encoding BYTE_STREAM_SPLIT may be chosen for floating point numbers; by default
     * it may. Off, files of unrounded numbers are larger, and can be read by engines that do not
     * know it, such as the vectorized reader of older versions of Spark.
     */
    public Builder byteStreamSplit(boolean allowed) {
      byteStreamSplit = allowed;
      return this;
    }

    /**
     * Threads that help with the columns of large frames; by default the caller works alone. The
     * caller never waits for a thread to become free, so it may be one of the executor's.
     */
    public Builder executor(Executor value) {
      executor = value;
      return this;
    }

    /** The codec. */
    public FrameCodec build() {
      return new FrameCodec(this);
    }
  }
}
