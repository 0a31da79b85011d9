package dev.nightjar.plugin.file;

import dev.nightjar.plugin.file.Naming.Named;
import dev.nightjar.spi.DataRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one part: one for each target, numbered, and an index that says which is which.
 * However many there are, at most a thousand are open.
 */
final class PartFiles implements Closeable {

  private static final int OPEN = 1000;
  private static final int LARGE = 64 * 1024;
  private static final int SMALL = 8 * 1024;

  private final Path folder;
  private final int buffer;
  private final int mostOpen;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<PartIndex.Entry> entries = new ArrayList<>();

  /** The open ones, the one used longest ago first. */
  private final LinkedHashMap<Integer, PartFile> open = new LinkedHashMap<>(16, 0.75f, true);

  /** Where the last record went: most go where the one before them went. */
  private @Nullable Named lastNamed;

  private @Nullable PartFile lastFile;

  /** A part in an empty folder; a single target gets a larger buffer. */
  PartFiles(Path folder, boolean single) {
    this(folder, single ? LARGE : SMALL, OPEN);
  }

  /** A part of which at most so many files are open. */
  PartFiles(Path folder, int buffer, int mostOpen) {
    this.folder = folder;
    this.buffer = buffer;
    this.mostOpen = mostOpen;
  }

  /** Makes sure that a target is there, even if no record goes to it. */
  void create(String path) throws IOException {
    file(new Named(path, ""));
  }

  @SuppressWarnings("ReferenceEquality") // Equal ones are looked up.
  void write(Named named, DataRecord record, byte[] separator) throws IOException {
    PartFile file = named == lastNamed && lastFile != null ? lastFile : file(named);
    record.writeTo(file);
    file.write(separator, 0, separator.length);
  }

  private PartFile file(Named named) throws IOException {
    Integer number = numbers.get(named.path());
    if (number == null) {
      number = entries.size();
      numbers.put(named.path(), number);
      entries.add(new PartIndex.Entry(named.path(), named.source()));
    } else if (!entries.get(number).source().equals(named.source())) {
      throw Targets.clash(named.path(), entries.get(number).source(), named.source());
    }
    PartFile file = open.get(number);
    if (file == null) {
      closeOne();
      file = new PartFile(PartIndex.file(folder, number), buffer);
      open.put(number, file);
    }
    lastNamed = named;
    lastFile = file;
    return file;
  }

  /** Makes room for another open file. */
  private void closeOne() throws IOException {
    if (open.size() >= mostOpen) {
      var eldest = open.entrySet().iterator().next();
      eldest.getValue().flush();
      eldest.getValue().close();
      open.remove(eldest.getKey());
    }
  }

  /** Puts everything on disk, the index last. */
  void finish() throws IOException {
    for (int number = 0; number < entries.size(); number++) {
      PartFile file = open.remove(number);
      // One that was closed to make room is not on disk before it is opened again and forced.
      (file != null ? file : new PartFile(PartIndex.file(folder, number), 1)).finish();
    }
    PartIndex.write(folder, entries);
  }

  /** Lets go of what {@link #finish} has not reached. */
  @Override
  public void close() throws IOException {
    for (PartFile file : open.values()) {
      file.close();
    }
  }
}
