package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An encoding as {@link EncodingChooser} chose it for a column. Writes what the decoder of the same
 * {@link Encoding} reads.
 */
interface ValueEncoder {
  Encoding encoding();

  /** Appends {@code count} values to the sink, from the one at {@code from} on. */
  void encode(ColumnValues values, int from, int count, Sink out);

  /** PLAIN. */
  record Plain() implements ValueEncoder {
    @Override
    public Encoding encoding() {
      return Encoding.PLAIN;
    }

    @Override
    public void encode(ColumnValues values, int from, int count, Sink out) {
      switch (values.type()) {
        case STRING -> {
          for (int i = from; i < from + count; i++) {
            putText(values.texts()[i], out);
          }
        }
        case BOOLEAN -> {
          for (int i = 0; i < count; i += 8) {
            int eight = 0;
            for (int k = 0; k < Math.min(8, count - i); k++) {
              eight |= (int) values.bits()[from + i + k] << k;
            }
            out.put(eight);
          }
        }
        default -> putNumbers(values.bits(), from, count, values.width(), out);
      }
    }

    static void putText(String text, Sink out) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.putInt(bytes.length);
      out.put(bytes, 0, bytes.length);
    }

    static void putNumbers(long[] bits, int from, int count, int width, Sink out) {
      byte[] target = out.reserve(Math.multiplyExact(count, width));
      if (width == 8) {
        ByteBuffer.wrap(target, out.size(), 8 * count)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .put(bits, from, count);
      } else {
        for (int i = 0; i < count; i++) {
          LittleEndian.putInt(target, out.size() + 4 * i, (int) bits[from + i]);
        }
      }
      out.advance(count * width);
    }
  }

  /** DELTA_BINARY_PACKED, for integers. */
  record Delta() implements ValueEncoder {
    @Override
    public Encoding encoding() {
      return Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    public void encode(ColumnValues values, int from, int count, Sink out) {
      DeltaBinaryPackedEncoder.encode(values.bits(), from, count, values.width(), out);
    }
  }

  /** BYTE_STREAM_SPLIT, for floating point numbers. */
  record Split() implements ValueEncoder {
    @Override
    public Encoding encoding() {
      return Encoding.BYTE_STREAM_SPLIT;
    }

    @Override
    public void encode(ColumnValues values, int from, int count, Sink out) {
      ByteStreamSplit.encode(values.bits(), from, count, values.width(), out);
    }
  }

  /** RLE_DICTIONARY, for any type but booleans. */
  final class Dictionary implements ValueEncoder {
    private final int[] ids;
    private final ColumnValues entries;

    /**
     * @param ids the number of each value's entry
     * @param entries the distinct values, as a column would hold them
     */
    Dictionary(int[] ids, ColumnValues entries) {
      this.ids = ids;
      this.entries = entries;
    }

    ColumnValues entries() {
      return entries;
    }

    @Override
    public Encoding encoding() {
      return Encoding.RLE_DICTIONARY;
    }

    @Override
    public void encode(ColumnValues values, int from, int count, Sink out) {
      int width = BitPacking.width(entries.count() - 1);
      out.put(width);
      RunLengthEncoder.encode(ids, from, count, width, out);
    }
  }
}
