package io.ml4t.storage.regime;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes plain files as programs do that know nothing of the store. */
public enum ForeignWriter {
  /** To temporary names, then renamed: first the frame, then its sidecar. */
  RENAMES {
    @Override
    void write(Path frame, byte[] rows, Path sidecar, byte[] metadata) throws IOException {
      Files.write(temporary(frame), rows);
      Files.write(temporary(sidecar), metadata);
      Files.move(temporary(frame), frame, StandardCopyOption.ATOMIC_MOVE);
      Files.move(temporary(sidecar), sidecar, StandardCopyOption.ATOMIC_MOVE);
    }
  },

  /** Over the file that is there, piece by piece. */
  OVERWRITES {
    @Override
    void write(Path frame, byte[] rows, Path sidecar, byte[] metadata) throws IOException {
      overwrite(frame, rows);
      overwrite(sidecar, metadata);
    }
  };

  /** A write that takes no longer has a sidecar that follows its frame in time. */
  static final long UNINTERRUPTED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int PIECE = 512;

  abstract void write(Path frame, byte[] rows, Path sidecar, byte[] metadata) throws IOException;

  private static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + ".tmp");
  }

  static void overwrite(Path target, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int from = 0; from < content.length; from += PIECE) {
        out.write(content, from, Math.min(PIECE, content.length - from));
      }
    }
  }

  /** Writes a frame and its sidecar. */
  public void write(Path root, DataObject data) throws IOException {
    Path folder = root.resolve(data.key().toString()).resolveSibling("");
    Files.createDirectories(folder);
    write(
        root.resolve(data.key() + ".parquet"),
        encode(data),
        root.resolve(data.key() + ".json"),
        data.metadata().toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The Parquet file of a frame, as another program would write it. */
  public static byte[] encode(DataObject data) {
    return encode(data.data());
  }

  /** The Parquet file of a frame, whatever its columns. */
  public static byte[] encode(DataFrame frame) {
    var encoded = FrameCodec.builder().build().encode(frame, Map.of());
    ByteBuffer all = ByteBuffer.allocate((int) encoded.length());
    encoded.buffers().forEach(all::put);
    return all.array();
  }
}
