package io.ml4t.storage.regime;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;

/**
 * Does a workload until it is killed or cannot go on, and says the number of each operation that
 * has been acknowledged. Arguments: the root, the number of the process, and that of its first
 * operation.
 */
final class WorkloadProgram {
  private WorkloadProgram() {}

  public static void main(String[] arguments) {
    Workload workload = new Workload(Integer.parseInt(arguments[1]));
    FileSystemStorage store = Workload.open(Path.of(arguments[0]));
    try {
      for (int operation = Integer.parseInt(arguments[2]);
          !System.out.checkError(); // Nobody listens any more.
          operation++) {
        workload.run(store.blocking(), operation);
        System.out.println(operation);
      }
    } catch (StorageException e) {
      // The power is gone; the last operation is not acknowledged.
    }
    Runtime.getRuntime().halt(1);
  }
}
