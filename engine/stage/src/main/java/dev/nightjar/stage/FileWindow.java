package dev.nightjar.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file that is read here and there, mostly forwards; short ways back cost nothing. */
final class FileWindow extends InputStream {

  private static final int SIZE = 256 * 1024;

  /** Bytes before a place that was jumped to which are read, too. */
  private static final int BACK = SIZE / 4;

  private final FileChannel channel;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);

  /** The place of the window's first byte. */
  private long start;

  FileWindow(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  long position() {
    return start + bytes.position();
  }

  /** Reads on from a place. */
  void seek(long position) throws IOException {
    if (position >= start && position <= start + bytes.limit()) {
      bytes.position((int) (position - start));
      return;
    }
    start = Math.max(0, position - BACK);
    bytes.clear().limit(0);
    int before = (int) (position - start);
    while (bytes.limit() < before && fill()) {
      // Reads on until the place is in the window.
    }
    bytes.position(Math.min(before, bytes.limit()));
  }

  /** Puts more behind what there is; false at the end of the file. */
  private boolean fill() throws IOException {
    int here = bytes.position();
    int end = bytes.limit();
    if (end == bytes.capacity()) {
      int kept = Math.min(here, BACK);
      start += here - kept;
      bytes.position(here - kept).compact();
      end = bytes.position();
      here = kept;
    }
    bytes.limit(bytes.capacity()).position(end);
    int n = channel.read(bytes, start + end);
    bytes.limit(end + Math.max(0, n)).position(here);
    return n > 0;
  }

  @Override
  public int read() throws IOException {
    return bytes.hasRemaining() || fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!bytes.hasRemaining() && !fill()) {
      return -1;
    }
    int n = Math.min(length, bytes.remaining());
    bytes.get(into, offset, n);
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
