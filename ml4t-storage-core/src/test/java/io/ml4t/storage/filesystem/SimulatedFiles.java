package io.ml4t.storage.filesystem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that keeps a journal of what was done to it, so that {@link PowerCut} can
 * tell what a disk may hold after the power went. Each file is written once, whole.
 */
final class SimulatedFiles implements StoreFiles {
  /** A file, whatever its names; its content is never changed. */
  static final class Inode {
    private final int id;
    private final byte[] content;
    private final long modified;

    Inode(int id, byte[] content, long modified) {
      this.id = id;
      this.content = content;
      this.modified = modified;
    }

    /** The same file with only so many of its bytes. */
    Inode cut(int length) {
      return new Inode(id, Arrays.copyOf(content, length), modified);
    }

    /** The same file with its size and time, but with nothing in it. */
    Inode blank() {
      return new Inode(id, new byte[content.length], modified);
    }

    int length() {
      return content.length;
    }
  }

  /** One entry of the journal. */
  sealed interface Operation {}

  record MakeFolder(Path folder) implements Operation {}

  record Name(Path name, Inode inode) implements Operation {}

  record Move(Path from, Path to, Inode inode) implements Operation {}

  record Remove(Path name) implements Operation {}

  record SyncFolder(Path folder) implements Operation {}

  record SyncContent(Inode inode) implements Operation {}

  /** The store's user has been told so much. */
  record Acknowledge(int state) implements Operation {}

  private final Map<Path, Inode> names = new HashMap<>();
  private final Set<Path> folders = new HashSet<>();
  private final List<Operation> journal = new ArrayList<>();
  private int inodes;

  /** An empty file system but for a folder, which is there for good. */
  SimulatedFiles(Path existing) {
    createDirectories(existing);
    for (Path folder = existing; folder != null; folder = folder.getParent()) {
      syncDirectory(folder);
    }
  }

  /** What is left after a power cut; all of it is durable. */
  SimulatedFiles(Map<Path, Inode> names, Set<Path> folders) {
    this.names.putAll(names);
    this.folders.addAll(folders);
    inodes = names.values().stream().mapToInt(inode -> inode.id + 1).max().orElse(0);
    folders.forEach(folder -> journal.add(new MakeFolder(folder)));
    names.forEach((name, inode) -> journal.add(new Name(name, inode)));
    names.values().forEach(inode -> journal.add(new SyncContent(inode)));
    names.keySet().forEach(name -> journal.add(new SyncFolder(name.getParent())));
    folders.forEach(folder -> journal.add(new SyncFolder(folder.getParent())));
  }

  /** Nothing but one file. */
  static SimulatedFiles holding(Path file, byte[] content) {
    return new SimulatedFiles(Map.of(file, new Inode(0, content, 0)), Set.of());
  }

  synchronized List<Operation> journal() {
    return List.copyOf(journal);
  }

  synchronized void acknowledge(int state) {
    journal.add(new Acknowledge(state));
  }

  @Override
  public synchronized void createDirectories(Path folder) {
    if (folder.getParent() != null && folders.add(folder)) {
      createDirectories(folder.getParent());
      journal.add(new MakeFolder(folder));
    }
  }

  @Override
  public synchronized void create(Path file, Iterable<ByteBuffer> content, Traits traits)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part : content) {
      byte[] copy = new byte[part.remaining()];
      part.duplicate().get(copy);
      bytes.write(copy);
    }
    long modified = traits.modified() == null ? inodes : traits.modified();
    Inode inode = new Inode(inodes++, bytes.toByteArray(), modified);
    name(file, inode);
    if (traits.sync()) {
      journal.add(new SyncContent(inode));
    }
  }

  @Override
  public synchronized void link(Path file, Path name) throws IOException {
    name(name, find(file));
  }

  private void name(Path name, Inode inode) throws IOException {
    if (!folders.contains(name.getParent())) {
      throw new NoSuchFileException(name.toString());
    }
    if (exists(name)) {
      throw new FileAlreadyExistsException(name.toString());
    }
    names.put(name, inode);
    journal.add(new Name(name, inode));
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    Inode inode = find(from);
    if (!folders.contains(to.getParent())) {
      throw new NoSuchFileException(to.toString());
    }
    if (inode.equals(names.get(to))) {
      return; // As POSIX has it: both names stay.
    }
    names.put(to, inode);
    names.remove(from);
    journal.add(new Move(from, to, inode));
  }

  @Override
  public synchronized void delete(Path file) {
    if (names.remove(file) != null) {
      journal.add(new Remove(file));
    }
  }

  @Override
  public synchronized void sync(Path file) throws IOException {
    journal.add(new SyncContent(find(file)));
  }

  @Override
  public synchronized void syncDirectory(Path folder) {
    journal.add(new SyncFolder(folder));
  }

  @Override
  public synchronized @Nullable Stat stat(Path file) {
    Inode inode = names.get(file);
    return inode == null ? null : new Stat(inode.content.length, inode.modified, inode.id);
  }

  @Override
  public synchronized boolean exists(Path file) {
    return names.containsKey(file) || folders.contains(file);
  }

  @Override
  public @Nullable String storedName(Path file) {
    return exists(file) ? String.valueOf(file.getFileName()) : null;
  }

  @Override
  public synchronized Path realPath(Path file) {
    Path existing = file.toAbsolutePath();
    while (!exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  @Override
  public synchronized List<String> list(Path folder) {
    List<String> found = new ArrayList<>();
    names.keySet().forEach(name -> addChild(folder, name, found));
    folders.forEach(name -> addChild(folder, name, found));
    return found;
  }

  private static void addChild(Path folder, Path name, List<String> found) {
    if (folder.equals(name.getParent())) {
      found.add(name.getFileName().toString());
    }
  }

  @Override
  public synchronized ByteBuffer read(Path file, long offset, int length) throws IOException {
    byte[] content = find(file).content;
    int from = (int) Math.min(offset, content.length);
    return ByteBuffer.wrap(content, from, Math.min(length, content.length - from)).slice();
  }

  @Override
  public ByteBuffer map(Path file, long offset, int length) throws IOException {
    return read(file, offset, length);
  }

  private Inode find(Path file) throws NoSuchFileException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return inode;
  }
}
