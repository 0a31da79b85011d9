package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.stage.RejectFormat.Entry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records that the steps of one attempt set aside. Written by all its threads. */
public final class RejectLog implements AutoCloseable {

  private static final int BUFFER = 8 * 1024;

  private final Path file;
  private final Map<RejectPolicy.Budget, Long> counts = new HashMap<>();
  private final RejectFormat.Encoder encoder = new RejectFormat.Encoder();
  private @Nullable PartFile open;

  /** A log in a file that is made with the first record. */
  public RejectLog(Path file) {
    this.file = file;
  }

  /**
   * Sets a record aside as the policy says.
   *
   * @throws StepFailure when it may not be, or is one too many
   */
  public synchronized void reject(
      String step, RejectPolicy policy, DataRecord record, String reason) {
    switch (policy) {
      case RejectPolicy.Fail() -> throw StepFailure.rejected(step, record.origin(), reason);
      case RejectPolicy.Keep(boolean store, RejectPolicy.Budget budget) -> {
        long count = counts.merge(budget, 1L, Long::sum);
        if (budget.exceededWith(count)) {
          throw StepFailure.rejected(
              step,
              record.origin(),
              reason + " (more than " + budget.max() + " rejected records are too many)");
        }
        if (store) {
          store(step, record, reason);
        }
      }
    }
  }

  private void store(String step, DataRecord record, String reason) {
    try {
      if (open == null) {
        open = new PartFile(file, BUFFER);
      }
      encoder.write(step, record, reason, open.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts everything on disk and charges the budgets; the attempt has succeeded. */
  synchronized void settle() throws IOException {
    if (open != null) {
      open.finish();
    }
    counts.forEach(RejectPolicy.Budget::use);
    counts.clear();
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Writes what an attempt set aside as JSON, one object a line, in the order of the input: the
   * steps of a task work side by side, so that the order in which they reject is chance.
   *
   * @param file may be missing when nothing was
   * @param lineBase the lines of the source before the task's split
   * @return how many there were
   */
  public static long copyAsJson(Path file, long lineBase, OutputStream target) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (var window = new FileWindow(file)) {
      List<Found> all = found(window);
      Collections.sort(all);
      for (Found one : all) {
        window.seek(one.rest);
        one.entry.writeJson(lineBase, one.entry.readRest(window), target);
      }
      return all.size();
    }
  }

  private static List<Found> found(FileWindow window) throws IOException {
    var all = new ArrayList<Found>();
    for (Entry entry = Entry.read(window); entry != null; entry = Entry.read(window)) {
      all.add(new Found(entry, window.position()));
      entry.skipRest(window);
    }
    return all;
  }

  /**
   * A reject in the file.
   *
   * @param rest where the rest of its object begins
   */
  private record Found(Entry entry, long rest) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      return entry.compareTo(other.entry);
    }
  }

  /**
   * Adds what another task has set aside.
   *
   * @param from a file as a log writes it; closed by the caller
   * @param before how its steps' paths begin
   * @param now how they are to begin here
   */
  public static void append(InputStream from, String before, String now, Path file)
      throws IOException {
    var in = new BufferedInputStream(from);
    Entry entry = Entry.read(in);
    if (entry == null) {
      return;
    }
    try (var out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      for (; entry != null; entry = Entry.read(in)) {
        entry.moved(before, now).write(entry.readRest(in), out);
      }
    }
  }
}
