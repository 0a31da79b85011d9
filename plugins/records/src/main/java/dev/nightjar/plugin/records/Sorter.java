package dev.nightjar.plugin.records;

import dev.nightjar.spi.DataRecord;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sorts more than fits into memory: full memories become sorted runs on disk, and runs are merged,
 * at most 64 at once, until one pass is left. Stable throughout, because only neighbouring runs are
 * merged and the earlier one wins.
 */
final class Sorter implements Closeable {

  /** Runs merged at once: 4 MiB of buffers. */
  private static final int FAN_IN = 64;

  /** Entries between two looks at whether the step is to stop. */
  private static final int PULSE = 1024;

  static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final long budget;
  private final Runnable pulse;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> sources = new ArrayList<>();
  private final List<Path> runs = new ArrayList<>();
  private List<Entry> entries = new ArrayList<>();
  private long used;
  private int files;

  /**
   * Nothing yet.
   *
   * @param folder for the runs
   * @param budget about how many bytes of records to hold in memory
   * @param pulse called now and then while no record comes or goes
   */
  Sorter(Path folder, long budget, Runnable pulse) {
    this.folder = folder;
    this.budget = budget;
    this.pulse = pulse;
  }

  void add(byte[] key, DataRecord record) throws IOException {
    Entry entry = Entry.of(key, record, number(record.origin().source()));
    entries.add(entry);
    used += entry.memory();
    if (used > budget) {
      spill();
    }
  }

  private int number(String source) {
    Integer number = numbers.putIfAbsent(source, sources.size());
    if (number == null) {
      sources.add(source);
      return sources.size() - 1;
    }
    return number;
  }

  /** Hands all records on, in order. */
  void finish(Consumer<DataRecord> out) throws IOException {
    if (runs.isEmpty()) {
      sort();
      entries.forEach(entry -> emit(entry, out));
      return;
    }
    if (!entries.isEmpty()) {
      spill();
    }
    List<Path> left = runs;
    while (left.size() > FAN_IN) {
      left = mergePass(left);
    }
    try (var merge = new Merge(left)) {
      for (Entry entry = merge.next(); entry != null; entry = merge.next()) {
        emit(entry, out);
      }
    }
  }

  private void emit(Entry entry, Consumer<DataRecord> out) {
    out.accept(entry.record(sources.get(entry.source())));
  }

  private void sort() {
    entries.sort(Comparator.comparing(Entry::key, Arrays::compareUnsigned));
  }

  private void spill() throws IOException {
    sort();
    Iterator<Entry> sorted = entries.iterator();
    runs.add(write(() -> sorted.hasNext() ? sorted.next() : null));
    entries = new ArrayList<>();
    used = 0;
  }

  /** Merges neighbours; as many runs as can be are left. */
  private List<Path> mergePass(List<Path> runs) throws IOException {
    var merged = new ArrayList<Path>();
    for (int from = 0; from < runs.size(); from += FAN_IN) {
      List<Path> some = runs.subList(from, Math.min(runs.size(), from + FAN_IN));
      try (var merge = new Merge(some)) {
        merged.add(write(merge));
      }
      for (Path run : some) {
        Files.delete(run);
      }
    }
    return merged;
  }

  private Path write(Entries entries) throws IOException {
    Path run = folder.resolve("run-" + files++);
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
      int n = 0;
      for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
        entry.writeTo(out);
        if (++n % PULSE == 0) {
          pulse.run();
        }
      }
    } catch (ClosedByInterruptException interrupted) {
      throw interrupted;
    } catch (IOException failure) {
      throw new IOException(
          "cannot keep records to sort in %s: %s; make room there and run again"
              .formatted(folder, failure.getMessage()),
          failure);
    }
    return run;
  }

  /** Lets the memory go; the runs go with the attempt's folder. */
  @Override
  public void close() {
    entries = List.of();
  }
}
