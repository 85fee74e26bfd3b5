package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.regime.Regime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer far faster than the disk, in a heap far smaller than what it produces. */
class OverloadTests {
  @TempDir Path root;

  @Test
  void a_producer_that_waits_for_nothing_is_refused_and_never_fills_the_heap() throws Exception {
    int mebibytes = Regime.size(256, 2_048);
    int heap = Regime.size(64, 256);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xlog:disable",
                    "-Xlog:all=warning:stderr",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OverloadProgram.class.getName(),
                    root.toString(),
                    Integer.toString(mebibytes)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    boolean survived = process.waitFor() == 0;
    System.out.printf(
        "FIGURE load-overload: %d MiB of frames handed to a heap of %d MiB, written and refused: %s (never out of memory) %s%n",
        mebibytes, heap, said.strip().replace(" ", " and "), survived ? "OK" : "SHORT");
    assertThat(survived).isTrue();
    String[] counts = said.strip().split(" ", -1);
    assertThat(Long.parseLong(counts[0])).isPositive();
    assertThat(Long.parseLong(counts[0]) + Long.parseLong(counts[1])).isEqualTo(mebibytes);
  }
}
