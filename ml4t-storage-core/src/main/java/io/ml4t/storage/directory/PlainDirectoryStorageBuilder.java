package io.ml4t.storage.directory;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.filesystem.NioStoreFiles;
import io.ml4t.storage.filesystem.StoreFiles;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;

/** Configures and opens a {@link PlainDirectoryStorage}. Not thread-safe. */
public final class PlainDirectoryStorageBuilder {
  private final Path root;
  private final StoreFiles files = new NioStoreFiles();
  private SidecarStyle sidecars = SidecarStyle.JSON;
  private Compression compression = Compression.ZSTD;
  private boolean readOnly;

  PlainDirectoryStorageBuilder(Path root) {
    this.root = root;
  }

  /** Sets how metadata is written; as {@code <symbol>.json} unless set. */
  public PlainDirectoryStorageBuilder sidecars(SidecarStyle style) {
    sidecars = Objects.requireNonNull(style);
    return this;
  }

  /** Sets how new frames are compressed; with zstd unless set. */
  public PlainDirectoryStorageBuilder compression(Compression compression) {
    this.compression = Objects.requireNonNull(compression);
    return this;
  }

  /** Neither creates the directory nor changes anything in it; what would, is refused. */
  public PlainDirectoryStorageBuilder readOnly() {
    readOnly = true;
    return this;
  }

  /**
   * Opens the directory, which is created when it does not exist, unless it is to be read only.
   *
   * @throws StorageException if it cannot be used
   */
  public PlainDirectoryStorage build() {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    try {
      if (!readOnly) {
        files.createDirectories(root);
      } else if (!files.exists(root)) {
        throw new StorageException("Cannot open directory " + root + ": there is no such folder");
      }
      Path real = files.realPath(root);
      return new PlainDirectoryStorage(real, layout(real, codec));
    } catch (FileAlreadyExistsException e) {
      throw new StorageException(
          "Cannot open directory " + root + ": " + e.getFile() + " is a file, not a folder", e);
    } catch (IOException e) {
      throw new StorageException("Cannot open directory " + root + ": " + e, e);
    }
  }

  private Layout layout(Path real, FrameCodec codec) throws IOException {
    if (Generations.isAt(files, real)) {
      return new Generations(files, real, codec);
    }
    Staging staging = new Staging(files, real);
    SymbolFiles writable = new SymbolFiles(files, real, codec, sidecars, staging);
    if (readOnly) {
      return new ReadOnly(writable);
    }
    staging.clean();
    return writable;
  }
}
