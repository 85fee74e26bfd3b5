package io.ml4t.storage.regime;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;

/**
 * Takes steps when told to. Arguments: the root, another root to take every step on beforehand, so
 * that all classes are loaded, and the steps.
 */
final class StepsProgram {
  private StepsProgram() {}

  public static void main(String[] arguments) throws Exception {
    Step.prepare(Path.of(arguments[1]));
    try (FileSystemStorage store = Step.open(Path.of(arguments[1]))) {
      for (Step step : Step.values()) {
        step.run(store);
      }
    }
    FileSystemStorage store = Step.open(Path.of(arguments[0]));
    System.out.println("READY");
    System.in.read();
    for (int i = 2; i < arguments.length; i++) {
      Step.valueOf(arguments[i]).run(store);
      System.out.println("ACKNOWLEDGED");
    }
    Runtime.getRuntime().halt(0);
  }
}
