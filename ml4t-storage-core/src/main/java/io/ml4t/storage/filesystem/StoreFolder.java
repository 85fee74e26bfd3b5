package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataRootException;
import io.ml4t.storage.DataRootException.Reason;
import io.ml4t.storage.filesystem.StoreFiles.Traits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a folder a data root, or finds that it is one. Safe when several processes do so at once.
 */
final class StoreFolder {
  private static final Pattern FORMAT = Pattern.compile("\\{\"format\":(\\d{1,9})}\\s*");

  private StoreFolder() {}

  /**
   * The layout of the data root.
   *
   * @throws io.ml4t.storage.UnsupportedFormatException if a newer release wrote it
   * @throws DataRootException if it cannot be a data root
   */
  static StoreLayout open(StoreFiles files, Path root, Clock clock, boolean sync)
      throws IOException {
    try {
      return create(files, root, clock, sync);
    } catch (FileSystemException e) {
      Path file = fileInPath(files, root);
      throw file == null
          ? new DataRootException(
              root.toString(),
              Reason.NOT_WRITABLE,
              "its files cannot be created: " + e + "; let this process write there",
              e)
          : new DataRootException(
              root.toString(), Reason.NOT_A_FOLDER, file + " is a file, not a folder", e);
    }
  }

  /** The file where the data root should be, or a folder above it; null where there is none. */
  private static @Nullable Path fileInPath(StoreFiles files, Path root) {
    for (Path path = root.toAbsolutePath(); path != null; path = path.getParent()) {
      try {
        if (files.stat(path) != null) {
          return path;
        }
      } catch (IOException e) {
        // Below a file, or not for us to see: look further up.
      }
    }
    return null;
  }

  private static StoreLayout create(StoreFiles files, Path root, Clock clock, boolean sync)
      throws IOException {
    Path existing = files.realPath(root);
    files.createDirectories(root);
    StoreLayout layout = new StoreLayout(files.realPath(root), clock);
    if (files.exists(layout.format)) {
      check(files, layout);
    }
    for (Path folder :
        List.of(
            layout.internal,
            layout.log,
            layout.packs,
            layout.checkpoints,
            layout.objects,
            layout.staging,
            layout.tags,
            layout.quarantine)) {
      files.createDirectories(folder);
    }
    String format = "{\"format\":" + StoreFormat.VERSION + "}\n";
    createOnce(files, layout, layout.format, format.getBytes(StandardCharsets.UTF_8), sync);
    if (Checkpoints.list(files, layout).isEmpty()) {
      // Record 0 stands for the empty log: that it is there says that nothing has been dropped.
      createOnce(files, layout, layout.file(StoreLayout.record(0)), new byte[0], sync);
    }
    if (sync) {
      files.syncDirectory(layout.log);
      for (Path folder = layout.internal;
          folder != null && !folder.equals(existing.getParent());
          folder = folder.getParent()) {
        files.syncDirectory(folder);
      }
    }
    return layout;
  }

  /** Refuses a data root that a newer release wrote. */
  static void check(StoreFiles files, StoreLayout layout) throws IOException {
    ByteBuffer bytes = files.read(layout.format, 0, 1024);
    Matcher format = FORMAT.matcher(StandardCharsets.UTF_8.decode(bytes));
    if (!format.matches()) {
      throw new CorruptDataException("format", "it does not say a format");
    }
    StoreFormat.check("format", Integer.parseInt(format.group(1)));
  }

  private static void createOnce(
      StoreFiles files, StoreLayout layout, Path file, byte[] content, boolean sync)
      throws IOException {
    if (files.exists(file)) {
      return;
    }
    Path staged = layout.staged();
    files.create(staged, List.of(ByteBuffer.wrap(content)), new Traits(null, true, sync));
    try {
      files.link(staged, file);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    } finally {
      files.delete(staged);
    }
  }
}
