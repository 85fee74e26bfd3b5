package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.regime.PropertyFigure;
import io.ml4t.storage.regime.Regime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Regime 11: Polars reads any frame from our file as it is, bit for bit. */
@Domain(MadeUpFrames.class)
@Domain(DomainContext.Global.class)
@AddLifecycleHook(PropertyFigure.class)
@SuppressWarnings("NullAway.Init") // jqwik opens before the property, and not where it is skipped.
class PolarsPropertyTests {
  private Polars polars;
  private Path file;

  @BeforeProperty
  void open() throws Exception {
    polars = new Polars();
    file = Files.createTempFile("polars", ".parquet");
  }

  @AfterProperty
  void close() throws Exception {
    polars.close();
    Files.delete(file);
  }

  @Property
  @AddLifecycleHook(WhereItIs.class)
  void polars_reads_our_files_the_same(@ForAll DataFrame frame, @ForAll Compression compression)
      throws Exception {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    Files.write(file, FramesInMemory.bytes(codec.encode(frame, Map.of())));

    Polars.Answer answer = polars.read(file);

    assertThat(answer.columns()).isEqualTo(Polars.columns(frame));
    assertThat(answer.values().mismatch(Polars.values(frame))).as("first wrong byte").isEqualTo(-1);
  }

  /** Skips what needs Polars where it is not installed, and says so. */
  static final class WhereItIs implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      String missing = Polars.missing();
      if (missing == null) {
        return SkipResult.doNotSkip();
      }
      Regime.skipped("11 " + context.label(), missing);
      return SkipResult.skip(missing);
    }
  }
}
