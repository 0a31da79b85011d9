package dev.nightjar.stage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a range of a file, and of those that follow it if whoever reads goes on. */
public final class FileRange extends InputStream {

  /** Large enough that a part is few system calls, small enough to have one a task. */
  private static final int BUFFER = 128 * 1024;

  private final InputStream file;
  private long left;

  /**
   * Opens a file at an offset.
   *
   * @param length in bytes; -1 for all behind the offset
   */
  public FileRange(Path path, long offset, long length) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path);
    channel.position(offset);
    file = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    goOn(length);
  }

  /** Goes on for so many bytes, or to the end of the file if that is -1. */
  void goOn(long length) {
    left = length < 0 ? Long.MAX_VALUE : length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int next = file.read();
    left -= next < 0 ? 0 : 1;
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = file.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(count, 0);
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
