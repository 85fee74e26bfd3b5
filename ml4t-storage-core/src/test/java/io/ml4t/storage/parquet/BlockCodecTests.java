package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class BlockCodecTests {
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
  void blocksOfEverySizeComeBack(Compression compression) throws IOException {
    try (Scratch scratch = Scratch.borrow()) {
      for (int size : new int[] {1, 10, 1000, 70_000, 5 << 20}) {
        for (boolean zeros : new boolean[] {true, false}) {
          byte[] block = block(size, zeros);
          Sink out = compressed(compression, block, scratch);
          byte[] back =
              scratch.codec(compression.id()).decompress(out.array(), 3, out.size(), size, scratch);
          assertThat(Arrays.equals(back, 0, size, block, 0, size)).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
  void aWrongLengthIsFound(Compression compression) throws IOException {
    try (Scratch scratch = Scratch.borrow()) {
      Sink out = compressed(compression, block(1000, false), scratch);
      for (int claim : new int[] {1, 999, 1001, 100_000, Integer.MAX_VALUE}) {
        assertThatThrownBy(
                () ->
                    scratch
                        .codec(compression.id())
                        .decompress(out.array(), 3, out.size(), claim, scratch))
            .as("claim of %d", claim)
            .isInstanceOfAny(MalformedException.class, IOException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNCOMPRESSED")
  void brokenBlocksGiveAnErrorOrAnyBytes(Compression compression) throws IOException {
    long seed = 99;
    Random random = new Random(seed);
    try (Scratch scratch = Scratch.borrow()) {
      Sink out = compressed(compression, block(500, false), scratch);
      int refused = 0;
      for (int i = 0; i < 2000; i++) {
        byte[] broken = Arrays.copyOf(out.array(), out.size());
        broken[3 + random.nextInt(broken.length - 3)] = (byte) random.nextInt();
        try {
          scratch.codec(compression.id()).decompress(broken, 3, broken.length, 500, scratch);
        } catch (MalformedException | IOException expected) {
          refused++;
        } catch (RuntimeException | Error e) {
          fail("case " + i + " of seed " + seed, e);
        }
      }
      assertThat(refused).isPositive();
    }
  }

  @Test
  void theOldLz4IsReadFramedAndBare() throws IOException {
    byte[] block = block(3000, false);
    try (Scratch scratch = Scratch.borrow()) {
      Sink bare = new Sink();
      new Lz4Codec().compress(block, 0, block.length, bare);
      assertThat(decompressOld(bare, block.length, scratch)).isEqualTo(block);

      Sink framed = new Sink();
      for (int from = 0; from < block.length; from += 1000) {
        Sink part = new Sink();
        new Lz4Codec().compress(block, from, from + 1000, part);
        framed.putInt(Integer.reverseBytes(1000));
        framed.putInt(Integer.reverseBytes(part.size()));
        framed.put(part.array(), 0, part.size());
      }
      assertThat(decompressOld(framed, block.length, scratch)).isEqualTo(block);
    }
  }

  private static byte[] decompressOld(Sink in, int length, Scratch scratch) throws IOException {
    byte[] out = new HadoopLz4Codec().decompress(in.array(), 0, in.size(), length, scratch);
    return Arrays.copyOf(out, length);
  }

  /** The compressed block, after three bytes of something else. */
  private static Sink compressed(Compression compression, byte[] block, Scratch scratch)
      throws IOException {
    Sink out = new Sink();
    out.put(new byte[] {1, 2, 3}, 0, 3);
    scratch.codec(compression.id()).compress(block, 0, block.length, out);
    return out;
  }

  private static byte[] block(int size, boolean zeros) {
    byte[] block = new byte[size];
    if (!zeros) {
      Random random = new Random(size);
      for (int i = 0; i < size; i++) {
        block[i] = (byte) (random.nextInt(4) * random.nextInt(20));
      }
    }
    return block;
  }
}
