package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Real files, with a hook before each operation that changes something or reads content. */
final class HookedFiles implements StoreFiles {
  /** Sees each operation before it is done, and may fail it. */
  interface Hook {
    void before(String operation, Path file) throws IOException;
  }

  private final StoreFiles files = new NioStoreFiles();
  private volatile Hook hook = (operation, file) -> {};

  void hook(Hook next) {
    hook = next;
  }

  @Override
  public void createDirectories(Path folder) throws IOException {
    hook.before("mkdir", folder);
    files.createDirectories(folder);
  }

  @Override
  public void create(Path file, Iterable<ByteBuffer> content, Traits traits) throws IOException {
    hook.before("create", file);
    files.create(file, content, new Traits(traits.modified(), traits.readOnly(), false));
    hook.before("write", file);
    if (traits.sync()) {
      hook.before("fsync", file);
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    hook.before("link", name);
    files.link(file, name);
    hook.before("linked", name); // So may fail what is done.
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    hook.before("rename", to);
    files.replace(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    hook.before("delete", file);
    files.delete(file);
  }

  @Override
  public void sync(Path file) throws IOException {
    hook.before("fsync", file);
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    hook.before("fsyncdir", folder);
  }

  @Override
  public @Nullable Stat stat(Path file) throws IOException {
    hook.before("stat", file);
    return files.stat(file);
  }

  @Override
  public boolean exists(Path file) {
    return files.exists(file);
  }

  @Override
  public @Nullable String storedName(Path file) throws IOException {
    hook.before("stored-name", file);
    return files.storedName(file);
  }

  @Override
  public Path realPath(Path file) throws IOException {
    hook.before("realpath", file);
    return files.realPath(file);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    hook.before("list", folder);
    return files.list(folder);
  }

  @Override
  public ByteBuffer read(Path file, long offset, int length) throws IOException {
    hook.before("read", file);
    return files.read(file, offset, length);
  }

  @Override
  public ByteBuffer map(Path file, long offset, int length) throws IOException {
    hook.before("read", file);
    return files.map(file, offset, length);
  }
}
