package io.ml4t.storage.regime;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Does a workload until it is killed or cannot go on, and says the number of each operation that
 * has been acknowledged. Each line of its input is how many more to do. Arguments: the root, the
 * number of the process, and that of its first operation.
 */
final class WorkloadProgram {
  private WorkloadProgram() {}

  public static void main(String[] arguments) throws IOException {
    Workload workload = new Workload(Integer.parseInt(arguments[1]));
    FileSystemStorage store = Workload.open(Path.of(arguments[0]));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int operation = Integer.parseInt(arguments[2]);
    try {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        for (int rest = Integer.parseInt(order); rest > 0; rest--) {
          workload.run(store.blocking(), operation);
          System.out.println(operation++);
        }
      }
    } catch (StorageException e) {
      // The power is gone; the last operation is not acknowledged.
    }
    Runtime.getRuntime().halt(1);
  }
}
