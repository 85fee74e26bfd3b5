package io.ml4t.storage.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.benchmarks.MarketData.Kind;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void every_engine_writes_what_every_other_reads(Compression compression) throws Exception {
    DataFrame frame = new MarketData(Kind.UNROUNDED, 100).frame();
    try (FrameCodecEngine codec = new FrameCodecEngine(1);
        AvroEngine avro = new AvroEngine();
        CarpetEngine carpet = new CarpetEngine();
        DuckDbEngine duckDb = new DuckDbEngine(1)) {
      Path source = folder.resolve("source.parquet");
      codec.write(frame, source, Compression.ZSTD);
      for (ParquetEngine writer : List.of(codec, avro, carpet, duckDb)) {
        Path file = folder.resolve(writer.name() + ".parquet");
        writer.writer(new Sample(frame, source), file, compression).nanosPerRun(1);
        for (JavaEngine reader : List.of(codec, avro, carpet)) {
          assertThat(reader.read(file, 100))
              .as(writer.name() + " by " + reader.name())
              .isEqualTo(frame);
        }
        assertThat(duckDb.reader(file, 100).nanosPerRun(1)).isPositive();
      }
    }
  }

  @Test
  void hardwood_reads_our_files_where_java_can_load_it() throws Exception {
    if (HardwoodEngine.loads()) {
      DataFrame frame = new MarketData(Kind.ROUNDED, 3_000).frame();
      Path file = folder.resolve("ours.parquet");
      try (FrameCodecEngine codec = new FrameCodecEngine(1);
          HardwoodEngine hardwood = new HardwoodEngine(2)) {
        codec.write(frame, file, Compression.ZSTD);
        assertThat(hardwood.read(file, 3_000)).isEqualTo(frame);
      }
    }
  }

  @Test
  void made_up_bars_are_the_same_at_each_run_and_rounded_where_they_should_be() {
    double[] rounded = new MarketData(Kind.ROUNDED, 1_000).frame().doubles("close").toArray();
    double[] unrounded = new MarketData(Kind.UNROUNDED, 1_000).frame().doubles("close").toArray();

    assertThat(new MarketData(Kind.ROUNDED, 1_000).frame().doubles("close").toArray())
        .isEqualTo(rounded);
    for (int row = 0; row < rounded.length; row++) {
      assertThat(Math.rint(100 * unrounded[row]) / 100).isEqualTo(rounded[row]);
    }
  }

  @Test
  void the_bare_commit_leaves_one_file_behind() throws Exception {
    BareCommits commits = new BareCommits(folder.resolve("bare"), new byte[] {1, 2, 3});
    commits.commit();
    commits.commit();

    try (Stream<Path> files = Files.list(folder.resolve("bare"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("2.commit");
    }
  }
}
