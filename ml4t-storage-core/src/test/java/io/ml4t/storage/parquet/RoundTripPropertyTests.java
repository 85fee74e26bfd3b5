package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.regime.PropertyFigure;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Regime 11: what holds of any frame, its file, and the two readers of it. */
@Domain(MadeUpFrames.class)
@Domain(DomainContext.Global.class)
@AddLifecycleHook(PropertyFigure.class)
class RoundTripPropertyTests {
  private static final FrameCodec CODEC = FrameCodec.builder().build();

  @Property
  void any_frame_comes_back_bit_for_bit(@ForAll DataFrame frame, @ForAll Compression compression) {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();

    assertThat(RoundTripTests.roundTrip(codec, frame, Map.of()).data()).isEqualTo(frame);
  }

  @Property
  void parquet_java_reads_our_files_the_same(
      @ForAll DataFrame frame, @ForAll Compression compression) throws Exception {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();

    assertParquetJavaReads(FramesInMemory.source("ours", codec.encode(frame, Map.of())), frame);
  }

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void files_of_parquet_java_are_read_the_same_by_both(
      @ForAll DataFrame frame, @ForAll WriterVersion version, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    CompressionCodecName codec =
        ParquetJavaForm.CODECS.get(random.nextInt(ParquetJavaForm.CODECS.size()));
    ParquetJavaForm form = new ParquetJavaForm(version, codec, random);
    FrameSource source = FramesInMemory.source("theirs", form.write(frame));

    assertThat(CODEC.decode(source).data()).isEqualTo(frame);
    assertParquetJavaReads(source, frame);
    for (Encoding encoding : form.encodings()) {
      Statistics.label("encodings").collect(version, encoding);
    }
    Statistics.label("codecs").collect(version, codec);
    Statistics.label("encodings").coverage(seen -> assertAll(seen, List.of(Encoding.values())));
    Statistics.label("codecs").coverage(seen -> assertAll(seen, ParquetJavaForm.CODECS));
  }

  /** A property that never met one of these in pages of both versions says nothing of it. */
  private static void assertAll(StatisticsCoverage seen, List<?> forms) {
    for (WriterVersion version : WriterVersion.values()) {
      forms.forEach(form -> seen.check(version, form).count(files -> files > 0));
    }
  }

  private static void assertParquetJavaReads(FrameSource source, DataFrame frame) throws Exception {
    for (ColumnSpec spec :
        SchemaReader.select(
            source.name(), Footer.read(Footer.bytes(source)).schema(), frame.columnNames())) {
      assertThat(ParquetJavaReader.read(source, spec, frame.rowCount(), source.length()))
          .isEqualTo(frame.column(spec.name()));
    }
  }
}
