package io.ml4t.storage.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The channel of one process of a {@link FakeMachine}. It can lock and nothing else. */
final class FakeChannel extends FileChannel {
  private final FakeMachine machine;

  FakeChannel(FakeMachine machine) {
    this.machine = machine;
  }

  private void call() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    machine.call();
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    call();
    return machine.lock(position, this) ? new FakeLock(position) : null;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    machine.unlockAll(this);
    machine.call();
  }

  private final class FakeLock extends FileLock {
    private boolean released;

    FakeLock(long position) {
      super(FakeChannel.this, position, 1, false);
    }

    @Override
    public boolean isValid() {
      return !released && FakeChannel.this.isOpen();
    }

    @Override
    public void release() throws IOException {
      if (!released) {
        call();
        machine.unlock(position(), FakeChannel.this);
        released = true;
      }
    }
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metaData) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }
}
