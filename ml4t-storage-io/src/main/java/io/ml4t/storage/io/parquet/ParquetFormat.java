package io.ml4t.storage.io.parquet;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.FrameReader;
import io.ml4t.storage.io.FrameWriter;
import io.ml4t.storage.io.ReadFrame;
import io.ml4t.storage.parquet.DecodedFrame;
import io.ml4t.storage.parquet.EncodedFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Flat Parquet files of any writer. Those that are written here keep their metadata in the footer,
 * and those that are read have it from there. Immutable, safe for use by many threads.
 */
public final class ParquetFormat implements FrameReader, FrameWriter {
  /** The footer's entry for the metadata; a store's own files have it too. */
  private static final String METADATA = "ml4t.metadata";

  private final FrameCodec codec;
  private final Map<String, String> columns;

  private ParquetFormat(FrameCodec codec, Map<String, String> columns) {
    this.codec = codec;
    this.columns = columns;
  }

  /** Reads every codec and encoding; writes zstd. */
  public static ParquetFormat defaults() {
    return new ParquetFormat(FrameCodec.builder().build(), Map.of());
  }

  /** The format with files written as by the given codec. */
  public ParquetFormat withCodec(FrameCodec value) {
    return new ParquetFormat(value, columns);
  }

  /** The format with a column of files that are read taken under another name. */
  public ParquetFormat withColumn(String inFile, String name) {
    Map<String, String> changed = new LinkedHashMap<>(columns);
    changed.put(inFile, name);
    return new ParquetFormat(codec, changed);
  }

  @Override
  public ReadFrame read(Path file) throws IOException {
    DecodedFrame decoded = codec.decode(FrameSource.ofFile(file));
    String json = decoded.keyValues().get(METADATA);
    return ReadFrame.of(renamed(decoded.data()), json == null ? null : Metadata.parse(json));
  }

  private DataFrame renamed(DataFrame frame) {
    if (columns.isEmpty()) {
      return frame;
    }
    var renamed = DataFrame.builder();
    for (String name : frame.columnNames()) {
      renamed.column(columns.getOrDefault(name, name), frame.column(name));
    }
    return renamed.build();
  }

  @Override
  public void write(DataObject data, OutputStream out) throws IOException {
    EncodedFrame file = codec.encode(data.data(), Map.of(METADATA, data.metadata().toJson()));
    WritableByteChannel channel = Channels.newChannel(out);
    for (ByteBuffer buffer : file.buffers()) {
      ByteBuffer rest = buffer.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
    out.flush();
  }
}
