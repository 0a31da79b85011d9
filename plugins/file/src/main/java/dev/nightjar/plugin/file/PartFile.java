package dev.nightjar.plugin.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes to the end of a file through a buffer. Unlike most streams, closing writes nothing. */
final class PartFile extends OutputStream {

  private final FileChannel channel;
  private final ByteBuffer buffer;

  PartFile(Path path, int buffer) throws IOException {
    this.channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    this.buffer = ByteBuffer.allocate(buffer);
  }

  @Override
  public void write(int b) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.remaining()) {
      flush();
    }
    if (length > buffer.remaining()) {
      writeFully(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    writeFully(buffer);
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Writes the rest, waits until all is on disk, and closes. */
  void finish() throws IOException {
    flush();
    channel.force(true);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
