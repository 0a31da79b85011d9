package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How records wait on disk: kind (1 byte), source (a number, with its name when it is new), line,
 * offset, length (all variable length), bytes. Read back in the order written, by this release
 * only.
 */
final class SpoolFormat {

  private SpoolFormat() {}

  private static final int TEXT = 't';
  private static final int JSON = 'j';
  private static final int BYTES = 'b';

  /** Writes records. */
  static final class Encoder {
    private final Map<String, Integer> sources = new HashMap<>();

    /** Writes one record, or nothing when it has no bytes. */
    void write(DataRecord record, DataOutputStream out) throws IOException {
      int size = record.size();
      Origin origin = record.origin();
      out.writeByte(code(record.kind()));
      Integer known = sources.get(origin.source());
      if (known == null) {
        writeNumber(sources.size(), out);
        out.writeUTF(shortened(origin.source()));
        sources.put(origin.source(), sources.size());
      } else {
        writeNumber(known, out);
      }
      writeNumber(Math.max(0, origin.line()), out);
      writeNumber(Math.max(0, origin.offset() + 1), out);
      writeNumber(size, out);
      record.writeTo(out);
    }

    private static int code(Kind kind) {
      return switch (kind) {
        case TEXT -> TEXT;
        case JSON -> JSON;
        case BYTES -> BYTES;
      };
    }

    /** A name is stored in at most 65,535 bytes; a path is never that long. */
    private static String shortened(String source) {
      return source.length() > 20_000 ? source.substring(0, 20_000) : source;
    }
  }

  /** Reads records. */
  static final class Decoder {
    private final List<String> sources = new ArrayList<>();
    private final long firstLine;

    /**
     * A decoder of one spool.
     *
     * @param lineBase added to every line: the lines of the file before the split
     */
    Decoder(long lineBase) {
      this.firstLine = lineBase;
    }

    /** The next record; null at the end. */
    @Nullable DataRecord read(DataInputStream in) throws IOException {
      int kind = in.read();
      if (kind < 0) {
        return null;
      }
      int source = (int) readNumber(in);
      if (source == sources.size()) {
        sources.add(in.readUTF());
      }
      long line = readNumber(in);
      long offset = readNumber(in) - 1;
      int length = (int) readNumber(in);
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the spool ends inside a record");
      }
      var origin = new Origin(sources.get(source), line > 0 ? line + firstLine : line, offset);
      return switch (kind) {
        case TEXT -> DataRecord.utf8(bytes, 0, bytes.length, origin);
        case JSON -> DataRecord.checkedJson(bytes, 0, bytes.length, origin);
        case BYTES -> DataRecord.bytes(bytes, 0, bytes.length, origin);
        default -> throw new IOException("the spool holds a record of unknown kind " + kind);
      };
    }
  }

  /** Seven bits a byte, the lowest first; not negative. */
  static void writeNumber(long number, DataOutputStream out) throws IOException {
    long rest = number;
    while (rest > 0x7f) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readNumber(DataInputStream in) throws IOException {
    return readNumber(in.read(), in);
  }

  /** A number whose first byte was read before. */
  static long readNumber(int first, DataInputStream in) throws IOException {
    long number = 0;
    int next = first;
    for (int shift = 0; shift < 64; shift += 7) {
      if (next < 0) {
        throw new EOFException("the spool ends inside a record");
      }
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
      next = in.read();
    }
    throw new IOException("the spool holds a number of more than 64 bits");
  }
}
