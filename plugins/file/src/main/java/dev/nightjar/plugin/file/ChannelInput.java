package dev.nightjar.plugin.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of an open file from one place to another; interruptible. Does not own the channel. */
final class ChannelInput extends InputStream {

  private final FileChannel channel;
  private final long end;
  private long position;

  ChannelInput(FileChannel channel, long position, long end) {
    this.channel = channel;
    this.position = position;
    this.end = end;
  }

  /** The place in the file of the next byte. */
  long position() {
    return position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    int most = (int) Math.min(length, end - position);
    int n = channel.read(ByteBuffer.wrap(bytes, offset, most), position);
    if (n > 0) {
      position += n;
    }
    return n;
  }
}
