package dev.nightjar.plugin.records;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The entries of sorted runs in one order; of equal ones, those of the earlier run first. */
final class Merge implements Entries, Closeable {

  private final List<DataInputStream> runs = new ArrayList<>();
  private final PriorityQueue<Head> heads = new PriorityQueue<>();

  /** The next entry of a run. */
  private record Head(Entry entry, int run) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int order = Arrays.compareUnsigned(entry.key(), other.entry.key());
      return order != 0 ? order : Integer.compare(run, other.run);
    }
  }

  Merge(List<Path> files) throws IOException {
    try {
      for (Path file : files) {
        runs.add(
            new DataInputStream(
                new BufferedInputStream(Files.newInputStream(file), Sorter.BUFFER)));
        advance(runs.size() - 1);
      }
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private void advance(int run) throws IOException {
    Entry entry = Entry.read(runs.get(run));
    if (entry != null) {
      heads.add(new Head(entry, run));
    }
  }

  @Override
  public @Nullable Entry next() throws IOException {
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    advance(head.run());
    return head.entry();
  }

  @Override
  public void close() throws IOException {
    for (DataInputStream run : runs) {
      run.close();
    }
  }
}
