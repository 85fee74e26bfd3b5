package io.ml4t.storage.io;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Snapshot;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Exports frames of a store as the files of a folder, one after the other. One that cannot be
 * exported is told of in the report, and never stops the others. Not thread-safe.
 *
 * <pre>{@code
 * TransferReport report =
 *     FolderExport.from(storage.snapshot())
 *         .prefix("equities")
 *         .run(Path.of("out"), KeyTemplate.of("{asset_class}/{frequency}/{symbol}.csv"), CsvFormat.defaults());
 * }</pre>
 *
 * <p>A file appears under its name when it is whole, in the place of one that was there; it is not
 * synced to the device.
 */
public final class FolderExport {
  private final Function<String, List<StorageKey>> list;
  private final Function<StorageKey, DataObject> read;
  private String prefix = "";
  private Consumer<FileOutcome> listener = outcome -> {};

  private FolderExport(
      Function<String, List<StorageKey>> list, Function<StorageKey, DataObject> read) {
    this.list = list;
    this.read = read;
  }

  /** An export of a store as it was at one moment. */
  public static FolderExport from(Snapshot snapshot) {
    return new FolderExport(snapshot::listKeys, snapshot::read);
  }

  /** An export of a store, each key as it is when its turn comes. */
  public static FolderExport from(Storage storage) {
    return new FolderExport(storage::listKeys, storage::read);
  }

  /** Which keys, see {@link Storage#listKeys(String)}; by default all. */
  public FolderExport prefix(String value) {
    prefix = value;
    return this;
  }

  /** Is told of each file as soon as it is done, on the caller's thread. */
  public FolderExport onFile(Consumer<FileOutcome> value) {
    listener = value;
    return this;
  }

  /**
   * Exports, and returns when all is done.
   *
   * @param folder where the files are put, made where it does not exist
   * @param names the name of each key's file below the folder
   * @throws IOException if the folder cannot be made
   */
  public TransferReport run(Path folder, KeyTemplate names, FrameWriter format) throws IOException {
    long start = System.nanoTime();
    Files.createDirectories(folder);
    Map<String, Path> written = new HashMap<>();
    List<FileOutcome> outcomes = new ArrayList<>();
    for (StorageKey key : list.apply(prefix)) {
      FileOutcome outcome = export(key, folder, names, format, written);
      listener.accept(outcome);
      outcomes.add(outcome);
    }
    return new TransferReport(outcomes, 0, Duration.ofNanos(System.nanoTime() - start));
  }

  private FileOutcome export(
      StorageKey key,
      Path folder,
      KeyTemplate names,
      FrameWriter format,
      Map<String, Path> written) {
    String name = key.toString();
    try {
      name = names.pathOf(key);
      // Two names that differ in case only are one file on some file systems.
      Path file = folder.resolve(name);
      Path other = written.putIfAbsent(name.toLowerCase(Locale.ROOT), file);
      if (other != null && Files.exists(file) && Files.isSameFile(file, other)) {
        throw new StorageException(
            "Cannot export %s: on this file system its file is that of another key, %s"
                .formatted(key, other));
      }
      DataObject data = read.apply(key);
      write(data, file, folder, format);
      return FileOutcome.done(name, key, ReadFrame.of(data.data(), data.metadata()));
    } catch (IOException | RuntimeException e) {
      return FileOutcome.failed(name, key, e);
    }
  }

  private static void write(DataObject data, Path file, Path folder, FrameWriter format)
      throws IOException {
    Path parent = file.normalize().getParent();
    if (parent == null || !parent.startsWith(folder.normalize())) {
      throw new NotDirectoryException(file + " is outside of " + folder);
    }
    Files.createDirectories(parent);
    Path whole = Files.createTempFile(parent, ".export-", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(whole)) {
        format.write(data, out);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
