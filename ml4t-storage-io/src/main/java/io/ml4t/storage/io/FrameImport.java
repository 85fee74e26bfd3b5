package io.ml4t.storage.io;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.MetadataBuilder;
import io.ml4t.storage.Storage;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Imports frames into a store. One that cannot be imported is told of in the report, and never
 * stops the others. Not thread-safe.
 *
 * <pre>{@code
 * KeyTemplate keys = KeyTemplate.of("{symbol}.csv").withAssetClass("equities").withFrequency("daily");
 * TransferReport report =
 *     FrameImport.into(storage)
 *         .metadata(metadata -> metadata.provider("vendor"))
 *         .run(new Folder(Path.of("incoming"), keys, CsvFormat.defaults()));
 * }</pre>
 *
 * <p>Frames are read one after the other by the caller, and written by the store meanwhile, so that
 * at most {@link #concurrency} + 1 of them are in memory. Each is a commit of its own.
 */
public final class FrameImport {
  private final AsyncStorage storage;
  private UnaryOperator<MetadataBuilder> metadata = UnaryOperator.identity();
  private ExistingKeys existing = ExistingKeys.REPLACE;
  private int concurrency = 8;
  private Consumer<FileOutcome> listener = outcome -> {};

  private FrameImport(AsyncStorage storage) {
    this.storage = storage;
  }

  /** An import into a store. */
  public static FrameImport into(AsyncStorage storage) {
    return new FrameImport(storage);
  }

  /** An import into a store, on the caller's thread where the store has none of its own. */
  public static FrameImport into(Storage storage) {
    return new FrameImport(storage.async(Runnable::run));
  }

  /**
   * Sets metadata of every frame, such as its provider. The key is set already, and so is what a
   * file says itself.
   */
  public FrameImport metadata(UnaryOperator<MetadataBuilder> change) {
    metadata = change;
    return this;
  }

  /** What to do with a key that the store has already; by default it is replaced. */
  public FrameImport existing(ExistingKeys value) {
    existing = value;
    return this;
  }

  /**
   * How many frames may be on their way to the store at a time; 8 by default.
   *
   * @param frames at least 1
   */
  public FrameImport concurrency(int frames) {
    if (frames < 1) {
      throw new IllegalArgumentException("Cannot import " + frames + " frames at a time");
    }
    concurrency = frames;
    return this;
  }

  /** Is told of each frame as soon as it is done, in no order, on a thread of the store. */
  public FrameImport onFile(Consumer<FileOutcome> value) {
    listener = value;
    return this;
  }

  /**
   * Imports, and returns when all is done.
   *
   * @throws IOException if not even the names of the frames can be had
   * @throws io.ml4t.storage.StorageException if the caller is interrupted; what has begun goes on
   */
  public TransferReport run(ImportSource source) throws IOException {
    return new ImportRun(this).run(source);
  }

  AsyncStorage storage() {
    return storage;
  }

  ExistingKeys existing() {
    return existing;
  }

  int concurrency() {
    return concurrency;
  }

  Consumer<FileOutcome> listener() {
    return listener;
  }

  Metadata metadata(MetadataBuilder builder) {
    return metadata.apply(builder).build();
  }
}
