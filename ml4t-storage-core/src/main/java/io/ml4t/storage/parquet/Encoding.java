package io.ml4t.storage.parquet;

import org.jspecify.annotations.Nullable;

/** The encodings of values, by their numbers in the format; each is a class of its own. */
enum Encoding {
  PLAIN(0),
  PLAIN_DICTIONARY(2),
  RLE(3),
  DELTA_BINARY_PACKED(5),
  DELTA_LENGTH_BYTE_ARRAY(6),
  DELTA_BYTE_ARRAY(7),
  RLE_DICTIONARY(8),
  BYTE_STREAM_SPLIT(9);

  private final int id;

  Encoding(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  /**
   * The encoding of that number.
   *
   * @throws NotCoveredException if there is none here
   */
  static Encoding of(int id) {
    for (Encoding encoding : values()) {
      if (encoding.id == id) {
        return encoding;
      }
    }
    throw new NotCoveredException("encoding " + id);
  }

  /**
   * A decoder for the values of a page.
   *
   * @param dictionary the values of the chunk's dictionary page, where there is one
   * @param scratch room for {@link DictionaryDecoder} and the like
   */
  ValueDecoder decoder(Bytes in, ColumnSpec spec, @Nullable Object dictionary, int[] scratch) {
    return switch (this) {
      case PLAIN -> new PlainDecoder(in, spec.physicalType(), spec.fixedLength());
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (dictionary == null) {
          throw new MalformedException("a dictionary page is missing");
        }
        yield new DictionaryDecoder(in, dictionary, scratch);
      }
      case RLE -> new RunLengthBooleanDecoder(in, scratch);
      case DELTA_BINARY_PACKED -> new DeltaBinaryPackedDecoder(in);
      case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthDecoder(in);
      case DELTA_BYTE_ARRAY -> new DeltaByteArrayDecoder(in);
      case BYTE_STREAM_SPLIT -> new ByteStreamSplit.Decoder(in, spec.valueBytes());
    };
  }
}
