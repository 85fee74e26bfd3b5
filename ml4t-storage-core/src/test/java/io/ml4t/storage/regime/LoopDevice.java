package io.ml4t.storage.regime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system in a file, mounted through a loop device, whose power can be cut. Needs root. */
final class LoopDevice implements AutoCloseable {
  /** XFS refuses less. */
  private static final long SIZE = 320L << 20;

  /** {@code FS_IOC_SHUTDOWN} of Linux, for XFS, ext4 and F2FS. */
  private static final String SHUTDOWN =
      "open(my $f, '<', $ARGV[0]) or die $!; ioctl($f, 0x8004587d, pack('I', $ARGV[1])) or die $!";

  final Path mountPoint;
  private final Path image;

  /** Makes and mounts a file system of that type. */
  LoopDevice(Path folder, String type) throws IOException {
    image = folder.resolve(type + ".img");
    mountPoint = Files.createDirectories(folder.resolve("mnt"));
    Files.write(image, new byte[0]);
    run("truncate", "-s", Long.toString(SIZE), image.toString());
    run("mkfs." + type, "-q", image.toString());
    mount();
  }

  void mount() throws IOException {
    run("mount", "-o", "loop", image.toString(), mountPoint.toString());
  }

  void unmount() throws IOException {
    run("umount", mountPoint.toString());
  }

  /**
   * Cuts the power: nothing that is in memory reaches the device any more.
   *
   * @param flag 1 to write the file system's journal before, 2 not to
   */
  void cutPower(int flag) throws IOException {
    run("perl", "-e", SHUTDOWN, mountPoint.toString(), Integer.toString(flag));
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      List<String> words = new ArrayList<>(List.of(command));
      throw new IOException(words + ": " + said.strip());
    }
  }

  @Override
  public void close() throws IOException {
    unmount();
    Files.delete(image);
  }
}
