package io.ml4t.storage.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the key/value metadata of a file. All else in the footer is kept byte for byte, also what
 * is not known here.
 */
final class FooterEditor {
  private static final int KEY_VALUES = 5;
  private static final int READ_BYTES = 1 << 26;

  private FooterEditor() {}

  static EncodedFrame withKeyValues(FrameSource source, Map<String, String> keyValues)
      throws IOException {
    ByteBuffer footer = Footer.bytes(source);
    long pages = source.length() - Footer.TAIL - footer.capacity();
    List<ByteBuffer> buffers = new ArrayList<>();
    for (long at = 0; at < pages; at += READ_BYTES) {
      buffers.add(source.read(at, (int) Math.min(READ_BYTES, pages - at)));
    }
    Sink out = new Sink();
    edit(footer, keyValues, out);
    out.putInt(out.size());
    out.putInt(Footer.MAGIC);
    buffers.add(out.copy());
    return EncodedFrame.of(buffers);
  }

  private static void edit(ByteBuffer footer, Map<String, String> added, Sink out) {
    byte[] bytes = new byte[footer.capacity()];
    footer.get(0, bytes);
    ThriftReader in = new ThriftReader(ByteBuffer.wrap(bytes));
    ThriftWriter thrift = new ThriftWriter(out);
    Map<String, String> keyValues = new LinkedHashMap<>();
    boolean written = false;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      if (id == KEY_VALUES) {
        keyValues.putAll(Footer.readKeyValues(in));
        continue;
      }
      if (id > KEY_VALUES && !written) {
        write(thrift, keyValues, added);
        written = true;
      }
      int type = in.type();
      int from = in.position();
      in.skip();
      thrift.raw(id, type, bytes, from, in.position() - from);
    }
    if (!written) {
      write(thrift, keyValues, added);
    }
    thrift.end();
  }

  private static void write(
      ThriftWriter thrift, Map<String, String> keyValues, Map<String, String> added) {
    keyValues.putAll(added);
    thrift.list(KEY_VALUES, ThriftReader.STRUCT, keyValues.size());
    Footer.writeKeyValues(thrift, keyValues);
  }
}
