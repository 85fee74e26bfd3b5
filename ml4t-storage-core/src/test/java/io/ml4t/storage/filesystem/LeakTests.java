package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.Contents;
import io.ml4t.storage.regime.Regime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a great many calls, some of which fail and some of which are cancelled. */
class LeakTests {
  private static final int AT_ONCE = 64;

  @TempDir Path root;
  private final Random random = Regime.random("leaks");
  private final HookedFiles files = new HookedFiles();

  @Test
  void failures_and_cancellations_leave_no_lock_no_descriptor_and_no_staged_file()
      throws IOException {
    int operations = Regime.size(2_000, 100_000);
    int failed = 0;
    long before = descriptors();
    FileSystemStorage store =
        FileSystemStorage.builder(root).files(files).inlineLimit(2_000).inFlight(48).build();
    store.blocking().write(Bars.of("K0", 1, 1));
    files.hook(LeakTests::failSometimes);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      CompletableFuture<?> call = call(store);
      calls.add(call);
      if (random.nextInt(4) == 0) {
        call.cancel(true);
      }
      if (calls.size() == AT_ONCE) {
        failed += settle(calls);
      }
    }
    failed += settle(calls);
    store
        .close(); // Lets what was cancelled after it had begun, and the background, come to an end.
    files.hook((operation, file) -> {});

    long locks = store.locks().size();
    long staged = count(root.resolve(".ml4t/staging"));
    long opened = descriptors() - before;
    boolean isClean = locks == 0 && staged == 0 && opened == 0;
    System.out.printf(
        "FIGURE load-leaks: after %d operations, %d of them failed or cancelled: locks %d, staged files %d, descriptors %+d (0 each) %s%n",
        operations, failed, locks, staged, opened, isClean ? "OK" : "SHORT");
    assertThat(isClean).isTrue();
    assertThat(store.status().load()).isEqualTo(new StorageStatus.Load(0, 0, 0, 0));
    try (FileSystemStorage again = FileSystemStorage.builder(root).build()) {
      assertThat(Contents.problems(again)).isEmpty();
    }
  }

  /** A delete that fails leaves its file, which is then collected by age. */
  private static void failSometimes(String operation, Path file) throws IOException {
    if (!operation.equals("delete") && ThreadLocalRandom.current().nextInt(200) == 0) {
      throw new IOException("injected");
    }
  }

  private CompletableFuture<?> call(FileSystemStorage store) {
    DataObject data = Bars.of("K" + random.nextInt(20), 1 + random.nextInt(60), 1);
    StorageKey key = data.key();
    return switch (random.nextInt(8)) {
      case 0 -> store.append(data);
      case 1 -> store.read(key);
      case 2 -> store.delete(key);
      case 3 -> store.writeAll(List.of(data, Bars.of("OTHER", 1, 1)));
      case 4 -> store.withLock(key, locked -> locked.append(data));
      case 5 -> store.transaction(tx -> tx.write(data));
      case 6 -> store.withLockAsync(key, locked -> locked.write(data));
      default -> store.write(data);
    };
  }

  private static int settle(List<CompletableFuture<?>> calls) {
    int failed = 0;
    for (CompletableFuture<?> call : calls) {
      failed += call.handle((value, error) -> error == null ? 0 : 1).join();
    }
    calls.clear();
    return failed;
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** How many files of the store are open; 0 where the system does not say. */
  private long descriptors() throws IOException {
    Path all = Path.of("/proc/self/fd");
    if (!Files.isDirectory(all)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(all)) {
      return open.filter(this::isOurs).count();
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root.toAbsolutePath());
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }
}
