package dev.nightjar.plugin.file;

import dev.nightjar.plugin.file.FileRead.As;
import dev.nightjar.plugin.file.FileRead.OnUnreadable;
import dev.nightjar.plugin.file.FileRead.Options;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.StepContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Makes records of one range of one file. */
final class PieceReader {

  private static final int CHUNK = 256 * 1024;

  /** Bytes of a file that is read in one go: one call of the system is most of its cost. */
  private static final int SMALL = 64 * 1024;

  private final Piece piece;
  private final Options options;
  private final Output out;
  private final StepContext context;
  private final ReadProgress progress;
  private final Stamps stamps;
  private long lines;

  PieceReader(
      Piece piece,
      Options options,
      Output out,
      StepContext context,
      ReadProgress progress,
      Stamps stamps) {
    this.piece = piece;
    this.options = options;
    this.out = out;
    this.context = context;
    this.progress = progress;
    this.stamps = stamps;
  }

  /**
   * Reads it.
   *
   * @param linesBefore the lines of the file that this task has read already
   * @return the same and those read now
   * @throws PermanentFailure when it cannot be, unless that is to be a reject
   */
  long read(long linesBefore) throws IOException {
    lines = linesBefore;
    try {
      if (!small()) {
        readOpened();
      }
    } catch (Unreadable problem) {
      if (options.unreadable() == OnUnreadable.FAIL) {
        throw new PermanentFailure(problem.reason());
      }
      byte[] name = piece.name().getBytes(StandardCharsets.UTF_8);
      out.reject(DataRecord.utf8(name, 0, name.length, wholeOrigin()), problem.reason());
    } finally {
      if (options.as() == As.LINES) {
        context.count(StepContext.LINES, lines - linesBefore);
      }
    }
    return lines;
  }

  /** False for what is not small, and where something is wrong: the long way says what. */
  private boolean small() throws IOException, Unreadable {
    if (options.as() == As.LINES
        || piece.size() <= 0
        || piece.size() > Math.min(SMALL, options.maxRecord())) {
      return false;
    }
    byte[] bytes = piece.readAtOnce(stamps);
    if (bytes == null) {
      return false;
    }
    if (!options.compression().packed(piece.path(), bytes)) {
      whole(bytes, bytes.length);
      return true;
    }
    try (var data = new GzipInput(new ByteArrayInputStream(bytes))) {
      whole(data, true, () -> progress.at(bytes.length));
      return true;
    } catch (GzipInput.Damaged damage) {
      throw new Unreadable(piece.name() + " is " + damage.getMessage());
    } catch (IOException failure) {
      throw Reason.reading(piece.name(), failure);
    }
  }

  private void readOpened() throws IOException, Unreadable {
    try (FileChannel file = piece.open(stamps)) {
      boolean packed = options.compression().packed(piece.path(), file);
      // A range starts one byte early: a line feed there means that a line starts with the range.
      long start = packed ? 0 : Math.max(0, piece.offset() - 1);
      var raw = new ChannelInput(file, start, piece.size());
      try (InputStream data = packed ? new GzipInput(raw) : raw) {
        Runnable pulse = () -> progress.at(raw.position() - start);
        if (options.as() == As.LINES) {
          lines(data, start, packed ? Long.MAX_VALUE : piece.end(), packed, pulse);
        } else {
          whole(data, packed, pulse);
        }
      }
      piece.checkUnchanged(stamps);
    } catch (GzipInput.Damaged damage) {
      piece.checkUnchanged(stamps);
      throw new Unreadable(piece.name() + " is " + damage.getMessage());
    } catch (IOException failure) {
      throw Reason.reading(piece.name(), failure);
    }
  }

  private void lines(InputStream data, long start, long end, boolean packed, Runnable pulse)
      throws IOException {
    long expected = packed ? -1 : piece.size() - start;
    var reader = new LineReader(data, start, expected, options.maxRecord(), context::folder, pulse);
    // A line behind a byte order mark starts with the mark, in the first range.
    boolean marked = piece.offset() == 0 && reader.skipMark();
    if (piece.offset() > 0) {
      reader.skipToLine(end);
    }
    while ((marked || reader.position() < end) && reader.next()) {
      marked = false;
      lines++;
      if (reader.fullLength() > 0 || !options.skipBlank()) {
        line(reader);
      }
    }
  }

  private void line(LineReader reader) {
    var origin = new Origin(piece.name(), lines, reader.place());
    if (reader.fullLength() > options.maxRecord()) {
      reject(reader.line(), reader.offset(), reader.length(), origin, tooLong(reader.fullLength()));
    } else {
      text(reader.line(), reader.offset(), reader.length(), origin, reader.ascii());
    }
  }

  private void text(byte[] bytes, int offset, int length, Origin origin, boolean ascii) {
    int invalid = ascii ? -1 : DataRecord.firstInvalidUtf8(bytes, offset, length);
    if (invalid < 0) {
      out.emit(DataRecord.utf8(bytes, offset, length, origin));
    } else {
      String where = options.as() == As.LINES ? " of the line" : "";
      reject(bytes, offset, length, origin, "not UTF-8 at byte " + (invalid - offset + 1) + where);
    }
  }

  private void whole(InputStream data, boolean packed, Runnable pulse)
      throws IOException, Unreadable {
    if (!packed) {
      int kept = piece.size() > options.maxRecord() ? Gathered.HEAD : (int) piece.size();
      pulse.run();
      byte[] bytes = data.readNBytes(kept);
      piece.checkUnchanged(stamps);
      whole(bytes, piece.size());
      return;
    }
    try (var gathered = new Gathered(options.maxRecord(), context::folder)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = data.read(chunk); n > 0; n = data.read(chunk)) {
        gathered.add(chunk, 0, n);
        pulse.run();
      }
      piece.checkUnchanged(stamps);
      boolean kept = gathered.length() <= options.maxRecord();
      whole(kept ? gathered.bytes((int) gathered.length()) : gathered.head(), gathered.length());
    }
  }

  private void whole(byte[] bytes, long fullLength) {
    if (fullLength > options.maxRecord()) {
      reject(bytes, 0, bytes.length, wholeOrigin(), tooLong(fullLength));
    } else if (options.as() == As.BYTES) {
      out.emit(DataRecord.bytes(bytes, 0, bytes.length, wholeOrigin()));
    } else {
      int mark = startsWithMark(bytes) ? 3 : 0;
      text(bytes, mark, bytes.length - mark, wholeOrigin(), false);
    }
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private void reject(byte[] bytes, int offset, int length, Origin origin, String reason) {
    out.reject(DataRecord.bytes(bytes, offset, length, origin), reason);
  }

  private String tooLong(long bytes) {
    return "%d bytes long, over max_record (%d); only its start is shown"
        .formatted(bytes, options.maxRecord());
  }

  private Origin wholeOrigin() {
    return new Origin(piece.name(), 0, -1);
  }
}
