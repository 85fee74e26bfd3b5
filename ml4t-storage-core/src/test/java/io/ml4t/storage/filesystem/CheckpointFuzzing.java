package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;

/** Contents of checkpoints, which are given the checksum that they should have. */
public final class CheckpointFuzzing implements FuzzTarget<Index> {
  private static final long SEQUENCE = 7;

  private static final StoreLayout LAYOUT = new StoreLayout(Path.of("/store"), Clock.systemUTC());

  @Override
  public List<byte[]> seeds() {
    Entry.Frame frame =
        new Entry.Frame(
            new FrameLocation("log/00000000000000000007.commit", 20, 3, 4),
            2,
            Bars.START,
            Bars.START.plusNanos(1),
            5,
            -1);
    Index index = new Index(new Index.Head(9, 90), new Index.Head(1, 10));
    index.load(
        StorageKey.of("crypto", "daily", "BTC/USD"),
        KeyHistory.of(
            3, List.of(new Entry(7, 70, 8, frame), new Entry(8, 80, Entry.NEWEST, null))));
    index.load(
        StorageKey.of("crypto", "daily", "é"),
        KeyHistory.of(new Entry(9, 90, Entry.NEWEST, frame)));
    return List.of(content(index), content(new Index(Index.Head.NONE, Index.Head.NONE)));
  }

  static byte[] content(Index index) {
    ByteBuffer content =
        CheckpointCodec.encode(
                new CheckpointCodec.Content(
                    index.head(), index.horizon(), new TreeMap<>(index.keys())))
            .get(1);
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  @Override
  public Index read(byte[] content) throws IOException {
    ByteBuffer checkpoint = ByteBuffer.allocate(12 + content.length);
    checkpoint.put("ML4TCKP1".getBytes(StandardCharsets.US_ASCII)).put(content);
    checkpoint.putInt(Crc.of(ByteBuffer.wrap(content)));
    Path file = LAYOUT.file(StoreLayout.checkpoint(SEQUENCE));
    return CheckpointCodec.read(SimulatedFiles.holding(file, checkpoint.array()), LAYOUT, SEQUENCE);
  }

  @Override
  public void check(Index read) throws IOException {
    assertThat(content(read(content(read)))).isEqualTo(content(read));
  }
}
