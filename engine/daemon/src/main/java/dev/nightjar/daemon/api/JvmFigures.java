package dev.nightjar.daemon.api;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;

/** What the JVM tells of itself, under the names that Prometheus's own clients use. */
final class JvmFigures {

  private JvmFigures() {}

  static void add(Exposition out) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    out.gauge(
        "process_start_time_seconds",
        "When the process began, since 1970.",
        runtime.getStartTime() / 1e3);
    out.gauge("process_uptime_seconds", "How long the process runs.", runtime.getUptime() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      out.counter("process_cpu_seconds_total", "Time of processors that the process has had.");
      out.sample(Math.max(0, system.getProcessCpuTime()) / 1e9);
    }
    out.gauge(
        "jvm_threads_current",
        "Platform threads.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    memory(out);
    out.counter("jvm_gc_collection_seconds_total", "Time in collections of garbage.");
    for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.sample(Math.max(0, one.getCollectionTime()) / 1e3, "gc", one.getName());
    }
  }

  private static void memory(Exposition out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    out.gauge("jvm_memory_heap_used_bytes", "Heap in use.", heap.getUsed());
    out.gauge("jvm_memory_heap_committed_bytes", "Heap that the JVM holds.", heap.getCommitted());
    out.gauge("jvm_memory_heap_max_bytes", "Heap that it may hold; -1 for any.", heap.getMax());
    out.gauge("jvm_memory_nonheap_used_bytes", "Memory beside the heap in use.", other.getUsed());
  }
}
