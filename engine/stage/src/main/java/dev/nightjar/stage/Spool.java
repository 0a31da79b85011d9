package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Records;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Records of one step that wait on disk for others, in parts: one a task, or one a split.
 *
 * @param parts in order
 */
public record Spool(List<Part> parts) implements Records {

  /** Large enough that a part is few system calls, small enough to have one a task. */
  private static final int BUFFER = 128 * 1024;

  /**
   * A range of a file that holds records, written in one go.
   *
   * @param file may be missing when nothing was emitted
   * @param length in bytes; -1 for all behind the offset
   * @param lineBase the lines of the source before the records' split
   * @param digest SHA-256 of the bytes, 64 hexadecimal digits; empty when nobody has computed it
   */
  public record Part(Path file, long offset, long length, long lineBase, String digest) {

    /** A whole file. */
    public Part(Path file, long lineBase) {
      this(file, 0, -1, lineBase, "");
    }

    /** Whether the records begin where those of another part end. */
    private boolean follows(Part other) {
      return other.length >= 0 && offset == other.offset + other.length && file.equals(other.file);
    }
  }

  /** A spool of nothing. */
  public static final Spool EMPTY = new Spool(List.of());

  public Spool {
    parts = List.copyOf(parts);
  }

  @Override
  public Input open() {
    return new SinglePass(new Reader(parts.iterator()));
  }

  /** Writes one part; the file is made with the first record. */
  public static final class Writer implements AutoCloseable {
    private final Path file;
    private final SpoolFormat.Encoder encoder = new SpoolFormat.Encoder();
    private @Nullable PartFile open;

    public Writer(Path file) {
      this.file = file;
    }

    /**
     * Adds a record.
     *
     * @throws UncheckedIOException when the disk refuses
     */
    public void write(DataRecord record) {
      try {
        if (open == null) {
          open = new PartFile(file, BUFFER);
        }
        encoder.write(record, open.out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Puts everything on disk. */
    public void finish() {
      try {
        if (open != null) {
          open.finish();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads parts one after the other; each file is closed at its end. */
  private static final class Reader implements Iterator<DataRecord> {
    private final Iterator<Part> parts;
    private @Nullable Part part;
    private @Nullable FileRange file;
    private DataInputStream in = new DataInputStream(InputStream.nullInputStream());
    private SpoolFormat.Decoder decoder = new SpoolFormat.Decoder(0);
    private @Nullable DataRecord next;

    Reader(Iterator<Part> parts) {
      this.parts = parts;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (part != null || openNext())) {
          next = decoder.read(in);
          if (next == null) {
            endPart();
          }
        }
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void endPart() throws IOException {
      Part ended = part;
      part = null;
      Part following = parts.hasNext() ? parts.next() : null;
      if (ended != null && file != null && following != null && following.follows(ended)) {
        file.goOn(following.length());
        begin(following);
        return;
      }
      if (file != null) {
        file.close();
        file = null;
      }
      if (following != null) {
        open(following);
      }
    }

    private boolean openNext() throws IOException {
      while (part == null && parts.hasNext()) {
        open(parts.next());
      }
      return part != null;
    }

    private void open(Part opened) throws IOException {
      if (Files.exists(opened.file())) {
        file = new FileRange(opened.file(), opened.offset(), opened.length());
        in = new DataInputStream(file);
        begin(opened);
      }
    }

    private void begin(Part begun) {
      part = begun;
      decoder = new SpoolFormat.Decoder(begun.lineBase());
    }

    @Override
    public DataRecord next() {
      DataRecord record = hasNext() ? next : null;
      if (record == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return record;
    }
  }
}
