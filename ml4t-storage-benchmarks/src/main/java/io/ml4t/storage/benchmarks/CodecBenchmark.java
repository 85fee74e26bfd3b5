package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.DecodedFrame;
import io.ml4t.storage.parquet.EncodedFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The codec alone, in memory, with one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  /** Rows of the frame. */
  @Param({"252", "2000000"})
  public int rows;

  /** What its prices are like. */
  @Param public MarketData.Kind kind = MarketData.Kind.ROUNDED;

  /** How its pages are compressed. */
  @Param({"UNCOMPRESSED", "ZSTD"})
  public Compression compression = Compression.ZSTD;

  private DataFrame frame = DataFrame.builder().build();
  private FrameCodec codec = FrameCodec.builder().build();
  private FrameSource source = FrameSource.ofBytes("none", ByteBuffer.allocate(0));

  /** Makes the frame and its file. */
  @Setup
  public void setUp() {
    frame = new MarketData(kind, rows).frame();
    codec = FrameCodec.builder().compression(compression).build();
    EncodedFrame file = codec.encode(frame, Map.of());
    ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
    file.buffers().forEach(buffer -> bytes.put(buffer.duplicate()));
    source = FrameSource.ofBytes("benchmark", bytes.flip());
  }

  /** A frame to the bytes of a file. */
  @Benchmark
  public EncodedFrame encode() {
    return codec.encode(frame, Map.of());
  }

  /** The bytes of a file to a frame. */
  @Benchmark
  public DecodedFrame decode() {
    return codec.decode(source);
  }

  /** There and back. */
  @Benchmark
  public DecodedFrame roundTrip() {
    EncodedFrame file = codec.encode(frame, Map.of());
    ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
    file.buffers().forEach(buffer -> bytes.put(buffer.duplicate()));
    return codec.decode(FrameSource.ofBytes("benchmark", bytes.flip()));
  }
}
