package dev.nightjar.plugin.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What gzip members, one after the other, were made from. Unlike the JDK's stream it never takes
 * damage for the end: everything up to the last byte must be gzip, or zeros as tapes leave them.
 */
final class GzipInput extends InputStream {

  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;

  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int next;
  private int end;
  private boolean member;
  private boolean first = true;

  GzipInput(InputStream in) {
    this.in = in;
  }

  /** Damage in the data; its message makes sense behind "is". */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (member || startMember()) {
      int n = inflate(bytes, offset, length);
      if (n > 0) {
        return n;
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      while (true) {
        int n = inflater.inflate(bytes, offset, length);
        if (n > 0) {
          crc.update(bytes, offset, n);
          return n;
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw new Damaged("damaged gzip data (it asks for a dictionary)");
        }
        if (!refill()) {
          throw truncated();
        }
        inflater.setInput(buffer, 0, end);
      }
    } catch (DataFormatException damage) {
      throw new Damaged("damaged gzip data (" + damage.getMessage() + ")");
    }
  }

  /** Whether there is another member; reads its header. */
  private boolean startMember() throws IOException {
    if (!first) {
      skipZeros();
    }
    if (next == end && !refill()) {
      if (first) {
        throw new Damaged("empty, which no gzip file is");
      }
      return false;
    }
    if ((need() | need() << 8) != MAGIC || need() != DEFLATE) {
      throw new Damaged(
          first
              ? "not gzip data; if it is plain, say `compression: none`"
              : "damaged gzip data (something else follows its end)");
    }
    skipHeader(need());
    first = false;
    member = true;
    crc.reset();
    inflater.reset();
    inflater.setInput(buffer, next, end - next);
    return true;
  }

  private void skipZeros() throws IOException {
    while ((next < end || refill()) && buffer[next] == 0) {
      next++;
    }
  }

  private void skipHeader(int flags) throws IOException {
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(need() | need() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int n) throws IOException {
    for (int i = 0; i < n; i++) {
      need();
    }
  }

  private void skipText() throws IOException {
    int character;
    do {
      character = need();
    } while (character != 0);
  }

  private void endMember() throws IOException {
    next = end - inflater.getRemaining();
    if (needInt() != (int) crc.getValue() || needInt() != (int) inflater.getBytesWritten()) {
      throw new Damaged("damaged gzip data (its checksum is wrong)");
    }
    member = false;
  }

  private int needInt() throws IOException {
    return need() | need() << 8 | need() << 16 | need() << 24;
  }

  private int need() throws IOException {
    if (next == end && !refill()) {
      throw truncated();
    }
    return buffer[next++] & 0xff;
  }

  private static Damaged truncated() {
    return new Damaged("cut off in the middle of its gzip data");
  }

  private boolean refill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
