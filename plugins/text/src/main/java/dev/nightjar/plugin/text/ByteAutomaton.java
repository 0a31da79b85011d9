package dev.nightjar.plugin.text;

import dev.nightjar.spi.DataRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether any of some patterns occurs in the bytes of a record, in one pass: Aho and
 * Corasick's automaton with all its transitions worked out. Immutable once built.
 */
final class ByteAutomaton {

  private static final boolean FAST = !"off".equals(System.getProperty("nightjar.fast"));

  /** Bytes of all patterns together: with more the table would not stay in the cache. */
  private static final int MOST = 512;

  private static final int BYTES = 256;

  /** A pattern ends here. */
  private static final int FOUND = -1;

  /** The next state's row, by row and byte. The first row is that of no byte in common. */
  private final int[] next;

  private ByteAutomaton(int[] next) {
    this.next = next;
  }

  /** Null when the patterns are too long, or one has no UTF-8. */
  static @Nullable ByteAutomaton of(List<String> patterns) {
    int total = 0;
    for (String pattern : patterns) {
      byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
      total += bytes.length;
      if (total > MOST || !new String(bytes, StandardCharsets.UTF_8).equals(pattern)) {
        return null;
      }
    }
    return FAST ? new ByteAutomaton(new Table(total + 1).built(patterns)) : null;
  }

  boolean isIn(DataRecord record) {
    byte[] in = record.array();
    int at = record.offset();
    int end = at + record.size();
    int row = 0;
    while (at < end) {
      row = next[row + (in[at++] & 0xFF)];
      if (row == 0) {
        // Most bytes begin nothing: they need not wait for each other.
        while (at < end && next[in[at] & 0xFF] == 0) {
          at++;
        }
      } else if (row == FOUND) {
        return true;
      }
    }
    return false;
  }

  /** The transitions while they are worked out. */
  private static final class Table {
    private final int[] next;
    private final int[] suffix;
    private int states = 1;

    Table(int most) {
      next = new int[most * BYTES];
      suffix = new int[most];
    }

    int[] built(List<String> patterns) {
      patterns.forEach(pattern -> add(pattern.getBytes(StandardCharsets.UTF_8)));
      link();
      return Arrays.copyOf(next, states * BYTES);
    }

    private void add(byte[] pattern) {
      int state = 0;
      for (int i = 0; i < pattern.length; i++) {
        int place = state * BYTES + (pattern[i] & 0xFF);
        if (next[place] == FOUND) {
          return; // A shorter one is found before.
        }
        if (i == pattern.length - 1) {
          next[place] = FOUND;
        } else {
          if (next[place] == 0) {
            next[place] = states++ * BYTES;
          }
          state = next[place] / BYTES;
        }
      }
    }

    /** From short to long: where no pattern goes on, the longest suffix may. */
    private void link() {
      Queue<Integer> found = new ArrayDeque<>();
      found.add(0);
      while (!found.isEmpty()) {
        int state = found.remove();
        for (int b = 0; b < BYTES; b++) {
          int place = state * BYTES + b;
          int otherwise = state == 0 ? 0 : next[suffix[state] * BYTES + b];
          if (next[place] > 0) {
            suffix[next[place] / BYTES] = Math.max(0, otherwise) / BYTES;
            if (otherwise == FOUND) {
              next[place] = FOUND;
            } else {
              found.add(next[place] / BYTES);
            }
          } else if (next[place] == 0) {
            next[place] = otherwise;
          }
        }
      }
    }
  }
}
