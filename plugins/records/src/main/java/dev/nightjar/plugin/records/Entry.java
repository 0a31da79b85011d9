package dev.nightjar.plugin.records;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to be sorted, as bytes of its own: one that was read from a file holds on to the large
 * buffer it is a slice of, and few such records would fill the memory.
 */
final class Entry {

  /** A kind is written as its index here. */
  private static final List<Kind> KINDS = List.of(Kind.TEXT, Kind.JSON, Kind.BYTES);

  /** What an entry takes besides its bytes: three objects, and its place in a list. */
  private static final long OVERHEAD = 120;

  private final byte[] key;
  private final Kind kind;
  private final int source;
  private final long line;
  private final long offset;
  private final byte[] bytes;

  private Entry(byte[] key, Kind kind, int source, long line, long offset, byte[] bytes) {
    this.key = key;
    this.kind = kind;
    this.source = source;
    this.line = line;
    this.offset = offset;
    this.bytes = bytes;
  }

  /**
   * An entry of a record.
   *
   * @param key its place in the order
   * @param source number of its origin's source
   */
  static Entry of(byte[] key, DataRecord record, int source) {
    Origin origin = record.origin();
    return new Entry(key, record.kind(), source, origin.line(), origin.offset(), record.toBytes());
  }

  byte[] key() {
    return key;
  }

  int source() {
    return source;
  }

  /** About how many bytes of memory it takes. */
  long memory() {
    return OVERHEAD + key.length + bytes.length;
  }

  DataRecord record(String sourceName) {
    var origin = new Origin(sourceName, line, offset);
    return switch (kind) {
      case TEXT -> DataRecord.utf8(bytes, 0, bytes.length, origin);
      case JSON -> DataRecord.utf8(bytes, 0, bytes.length, origin).parsed();
      case BYTES -> DataRecord.bytes(bytes, 0, bytes.length, origin);
    };
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(key.length);
    out.writeInt(bytes.length);
    out.writeByte(KINDS.indexOf(kind));
    out.writeInt(source);
    out.writeLong(line);
    out.writeLong(offset);
    out.write(key);
    out.write(bytes);
  }

  /** The next one, or null at the end. */
  static @Nullable Entry read(DataInputStream in) throws IOException {
    byte[] key;
    try {
      key = new byte[in.readInt()];
    } catch (EOFException end) {
      return null;
    }
    byte[] bytes = new byte[in.readInt()];
    Kind kind = KINDS.get(in.readByte());
    int source = in.readInt();
    long line = in.readLong();
    long offset = in.readLong();
    in.readFully(key);
    in.readFully(bytes);
    return new Entry(key, kind, source, line, offset, bytes);
  }
}
