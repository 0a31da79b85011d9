package dev.nightjar.plugin.memory;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** What the process says about its memory, in bytes. */
final class ProcessMemory {

  /** The series the snapshots of a run make up. */
  static final String SERIES = "memory";

  static final String HEAP_USED = "heap_used";
  static final String RESIDENT = "resident";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern VM_RSS = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");

  private ProcessMemory() {}

  static Map<String, Long> now() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    var values = new LinkedHashMap<String, Long>();
    values.put(HEAP_USED, memory.getHeapMemoryUsage().getUsed());
    values.put("heap_committed", memory.getHeapMemoryUsage().getCommitted());
    values.put("heap_max", memory.getHeapMemoryUsage().getMax());
    values.put("non_heap_used", memory.getNonHeapMemoryUsage().getUsed());
    resident().ifPresent(bytes -> values.put(RESIDENT, bytes));
    values.put("gc_count", collections(GarbageCollectorMXBean::getCollectionCount));
    values.put("gc_millis", collections(GarbageCollectorMXBean::getCollectionTime));
    values.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
    return Collections.unmodifiableMap(values);
  }

  /** Only Linux tells it without native code. */
  private static OptionalLong resident() {
    try {
      return resident(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }

  /** Reads {@code VmRSS} out of the text of {@code /proc/PID/status}. */
  static OptionalLong resident(String status) {
    var line = VM_RSS.matcher(status);
    return line.find()
        ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024)
        : OptionalLong.empty();
  }

  /** The sum over all collectors; one that does not count says -1. */
  private static long collections(ToLongFunction<GarbageCollectorMXBean> figure) {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(figure)
        .filter(value -> value > 0)
        .sum();
  }
}
