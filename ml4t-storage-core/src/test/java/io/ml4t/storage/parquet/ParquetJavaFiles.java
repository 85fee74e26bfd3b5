package io.ml4t.storage.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Files that parquet-java writes, in memory. */
final class ParquetJavaFiles {
  /** Fills in the row of an index. */
  interface Row {
    void fill(Group group, int index);
  }

  private ParquetJavaFiles() {}

  static byte[] write(
      MessageType schema, int rows, Row row, Consumer<ExampleParquetWriter.Builder> options)
      throws IOException {
    Memory memory = new Memory();
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(memory)
            .withType(schema)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs());
    options.accept(builder);
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer = builder.build()) {
      for (int i = 0; i < rows; i++) {
        Group group = groups.newGroup();
        row.fill(group, i);
        writer.write(group);
      }
    }
    return memory.bytes();
  }

  /** parquet-java's own codecs need all of Hadoop. */
  static final class Codecs implements CompressionCodecFactory {
    private final Scratch scratch = Scratch.borrow();

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          if (name == CompressionCodecName.UNCOMPRESSED) {
            return bytes;
          }
          ByteArrayOutputStream plain = new ByteArrayOutputStream();
          bytes.writeAllTo(plain);
          byte[] in = plain.toByteArray();
          Sink out = new Sink();
          scratch
              .codec(name.getParquetCompressionCodec().getValue())
              .compress(in, 0, in.length, out);
          return BytesInput.from(out.copy());
        }

        @Override
        public CompressionCodecName getCodecName() {
          return name;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release() {}
  }

  static final class Memory implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
      return bytes.toByteArray();
    }

    @Override
    public PositionOutputStream create(long blockSize) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int b) {
          bytes.write(b);
        }

        @Override
        public void write(byte[] b, int off, int len) {
          bytes.write(b, off, len);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
