package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Records;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records of one step that wait on disk for others, in parts by task.
 *
 * @param parts in order
 */
public record Spool(List<Part> parts) implements Records {

  /** Large enough that a part is few system calls, small enough to have one a task. */
  private static final int BUFFER = 128 * 1024;

  /**
   * What one task wrote.
   *
   * @param file may be missing when the task emitted nothing
   * @param lineBase the lines of the source before the task's split
   */
  public record Part(Path file, long lineBase) {}

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
    private @Nullable DataInputStream in;
    private SpoolFormat.Decoder decoder = new SpoolFormat.Decoder(0);
    private @Nullable DataRecord next;

    Reader(Iterator<Part> parts) {
      this.parts = parts;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (in != null || openNext())) {
          next = readNext();
        }
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private @Nullable DataRecord readNext() throws IOException {
      DataInputStream open = Objects.requireNonNull(in);
      DataRecord record = decoder.read(open);
      if (record == null) {
        open.close();
        in = null;
      }
      return record;
    }

    private boolean openNext() throws IOException {
      while (parts.hasNext()) {
        Part part = parts.next();
        if (Files.exists(part.file())) {
          in =
              new DataInputStream(
                  new BufferedInputStream(Files.newInputStream(part.file()), BUFFER));
          decoder = new SpoolFormat.Decoder(part.lineBase());
          return true;
        }
      }
      return false;
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
