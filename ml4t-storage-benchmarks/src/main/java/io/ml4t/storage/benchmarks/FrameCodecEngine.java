package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** This project's codec, with files read and written as the store does it. */
final class FrameCodecEngine extends JavaEngine {
  /** Larger files are mapped, smaller ones read. */
  private static final int MAP_ABOVE_BYTES = 256 * 1024;

  private final ExecutorService helpers;
  private final int threads;
  private final Map<Compression, FrameCodec> codecs = new EnumMap<>(Compression.class);

  FrameCodecEngine(int threads) {
    super("ml4t codec, " + threads + (threads == 1 ? " thread" : " threads"));
    this.threads = threads;
    helpers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "codec");
              thread.setDaemon(true);
              return thread;
            });
  }

  FrameCodec codec(Compression compression) {
    return codecs.computeIfAbsent(
        compression,
        ignored -> {
          FrameCodec.Builder builder = FrameCodec.builder().compression(compression);
          return (threads > 1 ? builder.executor(helpers) : builder).build();
        });
  }

  @Override
  DataFrame read(Path file, int rows) throws IOException {
    return codec(Compression.ZSTD).decode(source(file)).data();
  }

  @Override
  void write(DataFrame frame, Path file, Compression compression) throws IOException {
    FrameCodec codec = codec(compression);
    Iterable<ByteBuffer> parts =
        frame.rowCount() > FrameCodec.ROW_GROUP_ROWS
            ? codec.encodeInParts(frame, Map.of())
            : codec.encode(frame, Map.of()).buffers();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (ByteBuffer part : parts) {
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }

  static FrameSource source(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      return FrameSource.ofBytes(
          file.toString(),
          size > MAP_ABOVE_BYTES
              ? channel.map(MapMode.READ_ONLY, 0, size)
              : readFully(channel, (int) size));
    }
  }

  private static ByteBuffer readFully(FileChannel channel, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }
}
