package io.ml4t.storage.filesystem;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the store as it was at a commit as a tree of plain files. The tree is made beside its
 * place and renamed when it is whole and on the device.
 */
final class SnapshotExporter {
  private final StoreFiles files;
  private final StoreLayout layout;
  private final CommitLog log;
  private final FrameStore frames;
  private final Reader reader;
  private final boolean sync;

  SnapshotExporter(
      StoreFiles files,
      StoreLayout layout,
      CommitLog log,
      FrameStore frames,
      Reader reader,
      boolean sync) {
    this.files = files;
    this.layout = layout;
    this.log = log;
    this.frames = frames;
    this.reader = reader;
    this.sync = sync;
  }

  int run(long sequence, Path folder, ExportMode mode) throws IOException {
    long newest = log.refresh().head().sequence();
    if (sequence < 0 || sequence > newest) {
      throw new InvalidDataException(
          "Cannot export commit %d: the newest commit is %d".formatted(sequence, newest));
    }
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null || files.realPath(target).startsWith(layout.root)) {
      throw new InvalidDataException(
          "Cannot export to " + folder + ": choose a folder outside of the data root");
    }
    if (files.exists(target) && !files.list(target).isEmpty()) {
      throw new InvalidDataException(
          "Cannot export to " + folder + ": it is not empty; choose a new folder");
    }
    files.createDirectories(parent);
    Path part = parent.resolve(target.getFileName() + ".part-" + layout.newId());
    List<StorageKey> keys = log.index().list(KeyPrefix.parse(""), sequence);
    files.createDirectories(part);
    PlainFolder tree = PlainFolder.at(files, part);
    Set<Path> folders = new LinkedHashSet<>();
    for (StorageKey key : keys) {
      Path keyFolder = tree.folder(key);
      if (folders.add(keyFolder)) {
        files.createDirectories(keyFolder);
      }
      reader.use(key, sequence, frame -> write(tree, key, frame, mode));
    }
    syncFolders(part, folders);
    files.replace(part, target);
    syncFolder(parent);
    return keys.size();
  }

  private boolean write(PlainFolder tree, StorageKey key, Entry.Frame frame, ExportMode mode)
      throws IOException {
    Path plain = tree.file(key, StoreLayout.PARQUET);
    if (mode == ExportMode.LINK && frame.location().isObject()) {
      link(layout.file(frame.location().file()), plain);
    } else {
      FrameSource source = frames.source(frame);
      create(plain, source.read(0, (int) source.length()));
    }
    byte[] json = frames.metadata(key, frame).toJson().getBytes(StandardCharsets.UTF_8);
    create(tree.file(key, StoreLayout.JSON), ByteBuffer.wrap(json));
    return true;
  }

  /**
   * Writes a file whose time is that of the export. With the time that its footer names, a store
   * where it is put back would take it for a version of its own that has been dropped since.
   */
  private void create(Path file, ByteBuffer content) throws IOException {
    files.delete(file); // Of an attempt whose frame a checkpoint has moved meanwhile.
    files.create(file, List.of(content), new StoreFiles.Traits(null, false, sync));
  }

  private void link(Path object, Path name) throws IOException {
    try {
      files.link(object, name);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      throw new StorageException(
          "Cannot link " + name + ": " + e + "; export copies where the file system has no links",
          e);
    }
  }

  private void syncFolders(Path tree, Set<Path> folders) throws IOException {
    for (Path folder : folders) {
      syncFolder(folder);
    }
    for (Path above : folders.stream().map(Path::getParent).distinct().toList()) {
      syncFolder(above);
    }
    syncFolder(tree);
  }

  private void syncFolder(Path folder) throws IOException {
    if (sync) {
      files.syncDirectory(folder);
    }
  }
}
