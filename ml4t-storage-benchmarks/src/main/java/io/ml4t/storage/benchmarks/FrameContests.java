package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_LEAST;
import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Codec against codec: one frame, read and written by all engines. */
final class FrameContests {
  private static final String POLARS_FILE = ", Polars' file";

  private final Engines engines;
  private final Report report;
  private final Settings settings;

  FrameContests(Engines engines, Report report, Settings settings) {
    this.engines = engines;
    this.report = report;
    this.settings = settings;
  }

  void large(MarketData.Kind kind) throws Exception {
    MarketData data = new MarketData(kind, MarketData.LARGE_ROWS);
    FrameFiles files = FrameFiles.write(data, engines, settings.memory());
    String label = "large-" + kind.label();
    Medians read = read(label, files, settings.large());
    Medians write = write(label, files, settings.large());

    String ours = engines.twoThreads().name();
    String avro = engines.avro().name();
    report.figure(label + "-read-vs-parquet-avro", read.ratio(avro, ours), AT_LEAST, 8, "x");
    report.figure(label + "-write-vs-parquet-avro", write.ratio(ours, avro), AT_MOST, 0.3, "x");
    if (engines.polars().isEmpty()) {
      report.skipped(label + "-vs-polars", "Polars is missing");
    } else {
      for (int threads = 1; threads <= 2; threads++) {
        String mine = (threads == 1 ? engines.oneThread() : engines.twoThreads()).name();
        String polars = engines.polars().get(threads - 1).name();
        double own = read.of(polars + POLARS_FILE);
        report.figure(label + "-read-vs-polars-" + threads, read.of(mine) / own, AT_MOST, 0.7, "x");
        report.figure(
            label + "-read-of-polars-file-" + threads,
            read.of(mine + POLARS_FILE) / own,
            AT_MOST,
            1.2,
            "x");
        report.figure(
            label + "-write-vs-polars-" + threads, write.ratio(mine, polars), AT_MOST, 0.6, "x");
      }
      report.figure(label + "-size-vs-polars", files.sizeRatio(), AT_MOST, 0.8, "x");
    }
    allocation(label, files);
    if (settings.otherCodecs()) {
      otherCodecs(label, files);
    }
  }

  void small(MarketData.Kind kind) throws Exception {
    MarketData data = new MarketData(kind, MarketData.SMALL_ROWS);
    FrameFiles files = FrameFiles.write(data, engines, settings.memory());
    String label = "small-" + kind.label();
    Medians read = read(label, files, settings.small());
    Medians write = write(label, files, settings.small());

    String ours = engines.oneThread().name();
    String avro = engines.avro().name();
    report.figure(label + "-read-vs-parquet-avro", read.ratio(avro, ours), AT_LEAST, 4, "x");
    report.figure(label + "-write-vs-parquet-avro", write.ratio(avro, ours), AT_LEAST, 4, "x");
    if (engines.polars().isEmpty()) {
      report.skipped(label + "-vs-polars", "Polars is missing");
    } else {
      report.figure(
          label + "-read-vs-polars", fastestPolars(read) / read.of(ours), AT_LEAST, 4, "x");
      report.figure(
          label + "-write-vs-polars", fastestPolars(write) / write.of(ours), AT_LEAST, 3, "x");
      report.figure(label + "-size-vs-polars", files.sizeRatio(), AT_MOST, 1.1, "x");
    }
  }

  private double fastestPolars(Medians nanos) {
    return engines.polars().stream()
        .mapToDouble(engine -> nanos.of(engine.name()))
        .min()
        .orElseThrow();
  }

  /** All engines on our file; ours and Polars on Polars' file too. */
  private Medians read(String label, FrameFiles files, Contest contest) throws Exception {
    int rows = files.frame().rowCount();
    List<Contestant> contestants = new ArrayList<>();
    for (ParquetEngine engine : engines.all()) {
      contestants.add(engine.reader(files.ours(), rows));
    }
    Path theirs = files.polars();
    if (theirs != null) {
      List<ParquetEngine> both = new ArrayList<>(engines.polars());
      both.add(engines.oneThread());
      both.add(engines.twoThreads());
      for (ParquetEngine engine : both) {
        contestants.add(engine.reader(theirs, rows).named(engine.name() + POLARS_FILE));
      }
    }
    Medians nanos = contest.run(contestants);
    report.table(label + ", read", nanos);
    return nanos;
  }

  private Medians write(String label, FrameFiles files, Contest contest) throws Exception {
    return write(label + ", write", files, contest, engines.writers(), Compression.ZSTD);
  }

  private Medians write(
      String title,
      FrameFiles files,
      Contest contest,
      List<ParquetEngine> writers,
      Compression compression)
      throws Exception {
    List<Contestant> contestants = new ArrayList<>();
    for (ParquetEngine engine : writers) {
      contestants.add(engine.writer(files.sample(), written(engine), compression));
    }
    Medians nanos = contest.run(contestants);
    report.table(title, nanos);
    for (ParquetEngine engine : writers) {
      report.note("%s: %,d bytes".formatted(engine.name(), Files.size(written(engine))));
    }
    return nanos;
  }

  /** Each codec, with files of each engine's own. */
  private void otherCodecs(String label, FrameFiles files) throws Exception {
    List<ParquetEngine> some = new ArrayList<>(List.of(engines.twoThreads(), engines.avro()));
    if (engines.polarsTwo() != null) {
      some.add(engines.polarsTwo());
    }
    Contest contest = new Contest(1, 3, 1);
    for (Compression compression : Compression.values()) {
      if (compression == Compression.ZSTD) {
        continue;
      }
      write(label + ", write " + compression, files, contest, some, compression);
      List<Contestant> readers = new ArrayList<>();
      for (ParquetEngine engine : some) {
        readers.add(engine.reader(written(engine), files.frame().rowCount()));
      }
      report.table(label + ", read " + compression + ", each its own file", contest.run(readers));
    }
  }

  private void allocation(String label, FrameFiles files) throws Exception {
    double arrays = MarketData.arrayBytes(files.frame());
    FrameCodecEngine ours = engines.oneThread();
    double read = Allocation.perRun(() -> ours.read(files.ours(), files.frame().rowCount()));
    double write =
        Allocation.perRun(() -> ours.write(files.frame(), written(ours), Compression.ZSTD));
    report.figure(label + "-read-allocation-vs-arrays", read / arrays, AT_MOST, 1.15, "x");
    report.figure(label + "-write-allocation-vs-arrays", write / arrays, AT_MOST, 0.3, "x");
  }

  private Path written(ParquetEngine engine) throws IOException {
    return settings.memory().resolve(engine.name().replaceAll("\\W", "-") + "-written.parquet");
  }
}
