package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The engine's file operations on the platform's file system. */
public final class NioStoreFiles implements StoreFiles {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> READ_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"));
  private static final int MAX_READ = 1 << 20;

  /** Small parts of a file are written together, up to so many bytes. */
  private static final int GATHERED = 64 << 10;

  @Override
  public void createDirectories(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public void create(Path file, Iterable<ByteBuffer> content, Traits traits) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        traits.readOnly() && posix ? new FileAttribute<?>[] {READ_ONLY} : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(file, NEW, attributes)) {
      writeAll(channel, content);
      if (traits.modified() != null) {
        Files.getFileAttributeView(file, BasicFileAttributeView.class)
            .setTimes(FileTime.from(traits.modified(), TimeUnit.NANOSECONDS), null, null);
      }
      if (traits.sync()) {
        channel.force(true);
      }
    }
  }

  /** A record is a list of many small parts, and to copy one is quicker by far than to write it. */
  private static void writeAll(FileChannel channel, Iterable<ByteBuffer> content)
      throws IOException {
    long size =
        content instanceof List<ByteBuffer> parts
            ? parts.stream().mapToLong(ByteBuffer::remaining).sum()
            : 0;
    ByteBuffer gathered = ByteBuffer.allocate((int) Math.min(GATHERED, size));
    for (ByteBuffer part : content) {
      if (part.remaining() > gathered.remaining()) {
        writeFully(channel, gathered.flip());
        gathered.clear();
      }
      if (part.remaining() > gathered.remaining()) {
        writeFully(channel, part.duplicate());
      } else {
        gathered.put(part.duplicate());
      }
    }
    writeFully(channel, gathered.flip());
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    Files.createLink(name, file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void sync(Path file) throws IOException {
    // Windows lets nobody sync who may not write; elsewhere the file may be somebody else's.
    force(file, isWindows(file) ? StandardOpenOption.WRITE : StandardOpenOption.READ);
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    if (!isWindows(folder)) { // Which cannot open a folder, and writes its names through.
      force(folder, StandardOpenOption.READ);
    }
  }

  private static boolean isWindows(Path path) {
    return path.getFileSystem().getSeparator().equals("\\");
  }

  private static void force(Path path, OpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  @Override
  public @Nullable Stat stat(Path file) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? new Stat(
              attributes.size(),
              attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
              attributes.fileKey())
          : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public boolean exists(Path file) {
    // Before Java 20, Files.exists makes an exception, with its stack, for each file that is not
    // there.
    return isDefault(file) ? file.toFile().exists() : Files.exists(file);
  }

  private static boolean isDefault(Path file) {
    return file.getFileSystem() == FileSystems.getDefault();
  }

  @Override
  public @Nullable String storedName(Path file) throws IOException {
    try {
      Path stored = Files.isSymbolicLink(file) ? file : file.toRealPath();
      Path name = stored.getFileName();
      return name == null ? null : name.toString();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public Path realPath(Path file) throws IOException {
    for (Path path = file.toAbsolutePath(); ; path = path.getParent()) {
      try {
        return path.toRealPath();
      } catch (NoSuchFileException e) {
        if (path.getParent() == null || Files.isSymbolicLink(path)) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    // Takes half the time of the stream, which makes a path of each name.
    String[] all = isDefault(folder) ? folder.toFile().list() : null;
    if (all != null) {
      return Arrays.asList(all);
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public ByteBuffer read(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer =
          ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - offset)));
      // In parts, for the JVM keeps as much memory outside the heap as is read at a time.
      ByteBuffer part = buffer.duplicate();
      do {
        part.limit(Math.min(buffer.capacity(), part.position() + MAX_READ));
      } while (part.hasRemaining() && channel.read(part, offset + part.position()) >= 0);
      return part.flip();
    }
  }

  @Override
  public ByteBuffer map(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long available = Math.max(0, Math.min(length, channel.size() - offset));
      return channel.map(MapMode.READ_ONLY, offset, available);
    }
  }
}
