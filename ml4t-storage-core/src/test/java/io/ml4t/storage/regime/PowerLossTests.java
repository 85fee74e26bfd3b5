package io.ml4t.storage.regime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 2: a process works on a file system of its own, whose power is cut in the middle. After
 * the file system has recovered, what was acknowledged is there.
 */
class PowerLossTests {
  private static final int MAX_OPERATIONS = 60;

  @TempDir Path folder;
  private final Random random = Regime.random("2");
  private final List<String> violations = Regime.violations();
  private int cuts;
  private int operations;

  @Test
  void a_power_cut_loses_nothing_that_was_acknowledged() throws IOException {
    List<String> types = new ArrayList<>();
    for (String type : List.of("xfs", "ext4")) {
      String unavailable = unavailable(type);
      if (unavailable == null) {
        types.add(type);
      } else {
        Regime.skipped("2 power-cuts on " + type, unavailable);
      }
    }
    assumeTrue(!types.isEmpty(), "No file system can be made and mounted here");
    for (String type : types) {
      for (int flag = 1; flag <= 2; flag++) {
        live(type, flag, Regime.size(1, 50));
      }
    }
    Regime.figure(
        "2 power-cuts",
        "%d cuts on %s, %d operations acknowledged, %d violations"
            .formatted(cuts, types, operations, violations.size()),
        "acknowledged lost 0, plain view whole",
        violations);
  }

  private String unavailable(String type) {
    try (LoopDevice device = new LoopDevice(Files.createTempDirectory(folder, type), type)) {
      device.cutPower(2);
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private void live(String type, int flag, int count) throws IOException {
    Workload workload = new Workload(0);
    int next = 0;
    try (LoopDevice device = new LoopDevice(Files.createTempDirectory(folder, type), type)) {
      Path root = device.mountPoint.resolve("data");
      for (int cut = 0; cut < count; cut++) {
        int[] said = cut(device, root, next, flag);
        device.unmount();
        device.mount();
        cuts++;
        operations += said[0] + 1 - next;
        String where = "%s, flag %d, after operation %d: ".formatted(type, flag, said[0]);
        try (FileSystemStorage store = Workload.open(root)) {
          List<String> found = workload.own(store.blocking().snapshot());
          next = said[1] + 2;
          while (next > said[0] + 1 && !found.equals(workload.expected(next - 1))) {
            next--;
          }
          if (!found.equals(workload.expected(next - 1))) {
            violations.add(where + found);
          }
          violations.addAll(Contents.problems(store).stream().map(where::concat).toList());
          violations.addAll(Contents.strayFiles(store).stream().map(where::concat).toList());
        }
      }
    }
  }

  /**
   * Lets a process work until the power is cut. What it says from then on counts for nothing, for
   * XFS may answer a sync of a folder with success after it was shut down.
   *
   * @return the last operation that was acknowledged before the cut, and the last one at all
   */
  private int[] cut(LoopDevice device, Path root, int first, int flag) throws IOException {
    int before = first - 1;
    try (JavaProcess process = new JavaProcess(WorkloadProgram.class, root, 0, first)) {
      process.tell(Integer.toString(Integer.MAX_VALUE));
      for (int i = random.nextInt(MAX_OPERATIONS); i >= 0; i--) {
        before = Integer.parseInt(process.line());
      }
      device.cutPower(flag);
      List<String> after = process.rest();
      return new int[] {before, before + after.size()};
    }
  }
}
