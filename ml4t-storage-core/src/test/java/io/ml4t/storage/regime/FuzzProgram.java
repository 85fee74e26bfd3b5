package io.ml4t.storage.regime;

import com.sun.management.ThreadMXBean;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.UnsupportedFormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What Jazzer calls in its JVM: holds a target to its errors, its memory and its answers. */
public final class FuzzProgram {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static FuzzTarget<?> target;

  private FuzzProgram() {}

  /** Called once, with the name of the target's class. */
  public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
    target =
        Class.forName(arguments[0])
            .asSubclass(FuzzTarget.class)
            .getDeclaredConstructor()
            .newInstance();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    run(target, bytes);
  }

  static <T> void run(FuzzTarget<T> target, byte[] bytes) throws IOException {
    long allocated = allocates(target, bytes);
    if (allocated > limit(bytes)) {
      // Once more, now that no class is loaded, nor instrumented, on the way.
      allocated = allocates(target, bytes);
    }
    if (allocated > limit(bytes)) {
      throw new AssertionError(
          "%d bytes on the heap for an input of %d".formatted(allocated, bytes.length));
    }
  }

  private static long limit(byte[] bytes) {
    return 8L * bytes.length + (16 << 20);
  }

  private static <T> long allocates(FuzzTarget<T> target, byte[] bytes) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T read;
    try {
      read = target.read(bytes);
    } catch (CorruptDataException
        | InvalidDataException
        | InvalidKeyException
        | UnsupportedFormatException typed) {
      return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    target.check(read);
    return allocated;
  }
}
