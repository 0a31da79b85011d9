package dev.nightjar.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.JsonAssembly;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Rejected;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How records that were set aside wait on disk: each as the JSON object that is to be written in
 * the end, without the number of its line, which nobody knows before all that lies in front of its
 * task was read; before it, in 32 bytes, what it is sorted by and where its first members end. Read
 * by this release only.
 */
final class RejectFormat {

  private static final byte[] REASON = "\"reason\"".getBytes(US_ASCII);
  private static final byte[] STEP = "\"step\"".getBytes(US_ASCII);
  private static final byte[] SOURCE = "\"source\"".getBytes(US_ASCII);
  private static final byte[] OFFSET = "\"offset\"".getBytes(US_ASCII);
  private static final byte[] RECORD = "\"record\"".getBytes(US_ASCII);
  private static final byte[] BYTES = "\"bytes\"".getBytes(US_ASCII);

  private static final byte[] LINE = ",\"line\":".getBytes(US_ASCII);

  /** Between the end of a reason and the text of the step. */
  private static final byte[] BEFORE_STEP = ",\"step\":\"".getBytes(US_ASCII);

  private static final int HEADER = 2 * Long.BYTES + 4 * Integer.BYTES;

  private RejectFormat() {}

  /**
   * What lies before an object.
   *
   * @param reasonEnd where in the object the reason ends; the others likewise, {@code end} itself
   */
  private static byte[] header(
      long line, long offset, int reasonEnd, int stepEnd, int sourceEnd, int end) {
    return ByteBuffer.allocate(HEADER)
        .putLong(line)
        .putLong(offset)
        .putInt(reasonEnd)
        .putInt(stepEnd)
        .putInt(sourceEnd)
        .putInt(end)
        .array();
  }

  /** Writes what was set aside; used by one thread at a time. */
  static final class Encoder {
    private final JsonAssembly json = new JsonAssembly();

    void write(String step, DataRecord record, String reason, OutputStream out) throws IOException {
      Origin origin = record.origin();
      json.begin();
      json.name(REASON);
      text(reason);
      int reasonEnd = json.size();
      json.name(STEP);
      text(step);
      int stepEnd = json.size();
      if (!origin.source().isEmpty()) {
        json.name(SOURCE);
        text(origin.source());
      }
      int sourceEnd = json.size();
      if (origin.offset() >= 0) {
        json.name(OFFSET);
        json.number(origin.offset());
      }
      content(record);
      json.close();
      out.write(header(origin.line(), origin.offset(), reasonEnd, stepEnd, sourceEnd, json.size()));
      json.writeTo(out);
    }

    private void content(DataRecord record) {
      DataRecord shown = withBytes(record);
      if (isText(shown)) {
        json.name(RECORD);
        json.text(shown);
      } else {
        json.name(BYTES);
        text(Base64.getEncoder().encodeToString(shown.toBytes()));
      }
    }

    /** A text with half a character in it has no bytes: what can be shown of it is kept. */
    private static DataRecord withBytes(DataRecord record) {
      try {
        record.size();
        return record;
      } catch (Rejected noBytes) {
        return utf8(String.valueOf(record));
      }
    }

    private void text(String text) {
      json.text(utf8(text));
    }

    private static DataRecord utf8(String text) {
      byte[] utf8 = text.getBytes(UTF_8);
      return DataRecord.utf8(utf8, 0, utf8.length, Origin.NONE);
    }

    private static boolean isText(DataRecord record) {
      return record.kind() != Kind.BYTES
          || DataRecord.firstInvalidUtf8(record.array(), record.offset(), record.size()) < 0;
    }
  }

  /** One that was set aside, up to its source. */
  static final class Entry implements Comparable<Entry> {

    private final long line;
    private final long offset;

    /** Its object up to the end of the source; the reason ends in it, and the step behind that. */
    private final byte[] first;

    private final int reasonEnd;
    private final int stepEnd;

    /** Bytes of the object behind them. */
    private final int rest;

    private Entry(long line, long offset, byte[] first, int reasonEnd, int stepEnd, int rest) {
      this.line = line;
      this.offset = offset;
      this.first = first;
      this.reasonEnd = reasonEnd;
      this.stepEnd = stepEnd;
      this.rest = rest;
    }

    /** The next one; null at the end. */
    static @Nullable Entry read(InputStream in) throws IOException {
      byte[] bytes = in.readNBytes(HEADER);
      if (bytes.length == 0) {
        return null;
      }
      if (bytes.length < HEADER) {
        throw cut();
      }
      ByteBuffer header = ByteBuffer.wrap(bytes);
      long line = header.getLong();
      long offset = header.getLong();
      int reasonEnd = header.getInt();
      int stepEnd = header.getInt();
      int sourceEnd = header.getInt();
      int end = header.getInt();
      if (reasonEnd < 0 || stepEnd < reasonEnd || sourceEnd < stepEnd || end < sourceEnd) {
        throw new IOException("this is no list of rejects");
      }
      byte[] first = readAll(in, sourceEnd);
      return new Entry(line, offset, first, reasonEnd, stepEnd, end - sourceEnd);
    }

    /** The rest of the object, which is to be read behind it. */
    byte[] readRest(InputStream in) throws IOException {
      return readAll(in, rest);
    }

    private static byte[] readAll(InputStream in, int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw cut();
      }
      return bytes;
    }

    private static EOFException cut() {
      return new EOFException("the rejects end inside a record");
    }

    /** Passes by the rest. */
    void skipRest(InputStream in) throws IOException {
      in.skipNBytes(rest);
    }

    /** In the order of the input; where that is the same, by step and reason. */
    @Override
    public int compareTo(Entry other) {
      int order = compare(stepEnd, first.length, other, other.stepEnd, other.first.length);
      order = order == 0 ? Long.compare(line, other.line) : order;
      order = order == 0 ? Long.compare(offset, other.offset) : order;
      order =
          order == 0 ? compare(reasonEnd, stepEnd, other, other.reasonEnd, other.stepEnd) : order;
      return order == 0 ? compare(0, reasonEnd, other, 0, other.reasonEnd) : order;
    }

    private int compare(int from, int to, Entry other, int otherFrom, int otherTo) {
      return Arrays.compareUnsigned(first, from, to, other.first, otherFrom, otherTo);
    }

    /** The same of a step whose path begins otherwise. */
    Entry moved(String before, String now) {
      int place = reasonEnd + BEFORE_STEP.length;
      byte[] moved =
          ByteBuffer.allocate(first.length - before.length() + now.length())
              .put(first, 0, place)
              .put(now.getBytes(US_ASCII))
              .put(first, place + before.length(), first.length - place - before.length())
              .array();
      return new Entry(line, offset, moved, reasonEnd, stepEnd + moved.length - first.length, rest);
    }

    /** Writes it as it was read. */
    void write(byte[] rest, OutputStream out) throws IOException {
      out.write(header(line, offset, reasonEnd, stepEnd, first.length, first.length + rest.length));
      out.write(first);
      out.write(rest);
    }

    /** Writes its object, a line of its own. */
    void writeJson(long lineBase, byte[] rest, OutputStream out) throws IOException {
      out.write(first);
      if (line > 0) {
        out.write(LINE);
        out.write(Long.toString(line + lineBase).getBytes(US_ASCII));
      }
      out.write(rest);
      out.write('\n');
    }
  }
}
