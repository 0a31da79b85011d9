package dev.nightjar.plugin.memory;

import java.util.Locale;
import java.util.Map;

/** Bytes as people read them. */
final class Sizes {

  private static final double MIB = 1024 * 1024;

  private Sizes() {}

  static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }

  /** With its sign: {@code +1.5 MiB}. */
  static String change(long bytes) {
    return String.format(Locale.ROOT, "%+.1f MiB", bytes / MIB);
  }

  /** {@code heap used 12.0 MiB, resident 80.1 MiB}. */
  static String line(Map<String, Long> values) {
    Long heap = values.get(ProcessMemory.HEAP_USED);
    Long resident = values.get(ProcessMemory.RESIDENT);
    String used = heap == null ? "heap used unknown" : "heap used " + mib(heap);
    return resident == null ? used : used + ", resident " + mib(resident);
  }
}
