package dev.nightjar.testkit;

import dev.nightjar.testkit.FaultyDisk.Fault;
import dev.nightjar.testkit.FaultyDisk.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An open file on a disk that may fail. What is open has no name: its failures name none. */
final class FaultyChannel extends FileChannel {

  private final FaultyDisk disk;
  private final Path path;
  private final FileChannel own;
  private boolean full;

  FaultyChannel(FaultyDisk disk, Path path, FileChannel own) {
    this.disk = disk;
    this.path = path;
    this.own = own;
  }

  /** Writes some bytes. */
  @FunctionalInterface
  private interface Writing {
    int write(ByteBuffer bytes) throws IOException;
  }

  private int write(ByteBuffer bytes, Writing writing) throws IOException {
    Fault fault = full ? Fault.FULL : disk.next(Kind.WRITE, path);
    if (fault == null) {
      return writing.write(bytes);
    }
    if (fault != Fault.SHORT || bytes.remaining() < 2) {
      throw fault.of(null);
    }
    full = true;
    int half = bytes.remaining() / 2;
    int written = writing.write(bytes.slice(bytes.position(), half));
    bytes.position(bytes.position() + written);
    return written;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return write(bytes, own::write);
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return write(bytes, some -> own.write(some, position));
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
    long written = 0;
    for (ByteBuffer bytes : Arrays.asList(buffers).subList(offset, offset + length)) {
      written += write(bytes);
    }
    return written;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    Fault fault = disk.next(Kind.FORCE, path);
    if (fault != null) {
      throw fault.of(null);
    }
    // Nobody cuts the power of a test, and the machine's disk may be slow.
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    own.truncate(size);
    return this;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return own.read(bytes);
  }

  @Override
  public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
    return own.read(buffers, offset, length);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return own.read(bytes, position);
  }

  @Override
  public long position() throws IOException {
    return own.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    own.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return own.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return own.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(count, 1 << 16));
    int n = source.read(bytes);
    return n <= 0 ? 0 : write(bytes.flip(), position);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return own.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return own.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return own.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    own.close();
  }
}
