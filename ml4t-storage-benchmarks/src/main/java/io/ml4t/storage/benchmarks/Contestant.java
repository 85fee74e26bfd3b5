package io.ml4t.storage.benchmarks;

/** One way to do what all contestants of a {@link Contest} do. */
interface Contestant {
  String name();

  /**
   * Does it several times.
   *
   * @param runs how often, at least once
   * @return how long one took on average, in nanoseconds
   */
  double nanosPerRun(int runs) throws Exception;

  /** What is done once. */
  interface Task {
    void run() throws Exception;
  }

  /** A contestant of this process. */
  static Contestant of(String name, Task task) {
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double nanosPerRun(int runs) throws Exception {
        long start = System.nanoTime();
        for (int run = 0; run < runs; run++) {
          task.run();
        }
        return (double) (System.nanoTime() - start) / runs;
      }
    };
  }

  /** The same contestant under another name. */
  default Contestant named(String name) {
    Contestant same = this;
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double nanosPerRun(int runs) throws Exception {
        return same.nanosPerRun(runs);
      }
    };
  }
}
