package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Rejected;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records that the steps of one attempt set aside. Written by all its threads. */
public final class RejectLog implements AutoCloseable {

  private static final int BUFFER = 8 * 1024;

  private final Path file;
  private final Map<RejectPolicy.Budget, Long> counts = new HashMap<>();
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
      DataOutputStream stream = open.out();
      writeText(step, stream);
      writeText(reason, stream);
      new SpoolFormat.Encoder().write(withBytes(record), stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text with half a character in it has no bytes: what can be shown of it is kept. */
  private static DataRecord withBytes(DataRecord record) {
    try {
      record.size();
      return record;
    } catch (Rejected noBytes) {
      byte[] shown = String.valueOf(record).getBytes(StandardCharsets.UTF_8);
      return DataRecord.utf8(shown, 0, shown.length, record.origin());
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
      var in = new DataInputStream(window);
      List<Entry> entries = entries(window, in);
      Collections.sort(entries);
      var lines = new RejectLines(target);
      for (Entry entry : entries) {
        window.seek(entry.record);
        lines.write(entry.step, entry.reason, read(in, lineBase));
      }
      return entries.size();
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
    var in = new DataInputStream(new BufferedInputStream(from));
    String step = readText(in);
    if (step == null) {
      return;
    }
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
      for (; step != null; step = readText(in)) {
        writeText(now + step.substring(before.length()), out);
        writeText(String.valueOf(readText(in)), out);
        new SpoolFormat.Encoder().write(read(in, 0), out);
      }
    }
  }

  /**
   * A reject in the file.
   *
   * @param record where its record begins
   */
  private record Entry(long record, Origin origin, String step, String reason)
      implements Comparable<Entry> {

    private static final Comparator<Entry> ORDER =
        Comparator.comparing((Entry entry) -> entry.origin.source())
            .thenComparingLong(entry -> entry.origin.line())
            .thenComparingLong(entry -> entry.origin.offset())
            .thenComparing(Entry::step)
            .thenComparing(Entry::reason);

    @Override
    public int compareTo(Entry other) {
      return ORDER.compare(this, other);
    }
  }

  private static List<Entry> entries(FileWindow window, DataInputStream in) throws IOException {
    var entries = new ArrayList<Entry>();
    // Of some thousand rejects most say the same.
    var texts = new HashMap<String, String>();
    for (String step = readText(in); step != null; step = readText(in)) {
      String reason = String.valueOf(readText(in));
      long record = window.position();
      Origin origin = read(in, 0).origin();
      entries.add(new Entry(record, origin, once(step, texts), once(reason, texts)));
    }
    return entries;
  }

  private static String once(String text, Map<String, String> texts) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private static DataRecord read(DataInputStream in, long lineBase) throws IOException {
    DataRecord record = new SpoolFormat.Decoder(lineBase).read(in);
    if (record == null) {
      throw new EOFException("the rejects end inside a record");
    }
    return record;
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SpoolFormat.writeNumber(bytes.length, out);
    out.write(bytes);
  }

  /** A text, or null at the end of the file. */
  private static @Nullable String readText(DataInputStream in) throws IOException {
    int first = in.read();
    return first < 0
        ? null
        : new String(
            in.readNBytes((int) SpoolFormat.readNumber(first, in)), StandardCharsets.UTF_8);
  }
}
