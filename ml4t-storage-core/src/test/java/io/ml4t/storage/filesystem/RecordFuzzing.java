package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.FuzzTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Headers of commit records, which are given the checksum that they should have. */
public final class RecordFuzzing implements FuzzTarget<CommitRecord> {
  private static final long SEQUENCE = 7;

  private static final StoreLayout LAYOUT = new StoreLayout(Path.of("/store"), Clock.systemUTC());

  @Override
  public List<byte[]> seeds() {
    StorageKey key = StorageKey.of("crypto", "daily", "BTC/USD");
    Entry.Frame inline =
        new Entry.Frame(
            new FrameLocation("", 0, 3, 4), 2, Bars.START, Bars.START.plusNanos(1), 5, -1);
    Entry.Frame object =
        new Entry.Frame(
            new FrameLocation("objects/0190a3b4-1234-7abc-9def-0123456789ab.pq", 0, 9, 1),
            0,
            null,
            null,
            6,
            77);
    List<ByteBuffer> bytes = List.of(ByteBuffer.wrap(new byte[3]));
    return List.of(
        header(List.of(new StagedChange(key, inline, bytes), new StagedChange(key, object, bytes))),
        header(List.of(new StagedChange(key, null, List.of()))));
  }

  private static byte[] header(List<StagedChange> changes) {
    ByteBuffer first = RecordCodec.encode(SEQUENCE, 1, changes).bytes().get(0);
    byte[] header = new byte[first.remaining() - 16];
    first.get(16, header);
    return header;
  }

  @Override
  public CommitRecord read(byte[] header) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    record.put("ML4TLOG1".getBytes(StandardCharsets.US_ASCII)).putInt(header.length);
    record.putInt(Crc.of(ByteBuffer.wrap(header))).put(header);
    Path file = LAYOUT.file(StoreLayout.record(SEQUENCE));
    return RecordCodec.read(SimulatedFiles.holding(file, record.array()), LAYOUT, SEQUENCE);
  }

  @Override
  public void check(CommitRecord read) {
    assertThat(read.sequence()).isEqualTo(SEQUENCE);
    Index index = new Index(Index.Head.NONE, Index.Head.NONE);
    index.apply(read);
    assertThat(Times.instant(read.time())).isBetween(Instant.MIN, Instant.MAX);
  }
}
