package dev.nightjar.bench;

import dev.nightjar.stage.plugin.PluginHost;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads three plugins in a JVM that has loaded none before, and prints four numbers: milliseconds
 * of wall and of this thread's CPU time, for opening the folder and for loading.
 */
final class PluginLoading {

  private static final List<String> ONE_EACH = List.of("file.read", "text.case", "flow.log");

  private PluginLoading() {}

  /** Arguments: the folder of plugins, one for copies, and one for what is kept of the jars. */
  public static void main(String[] args) {
    // As the command line has it: Java's own would format a dozen of PF4J's lines, 40 ms.
    System.setProperty("java.util.logging.config.class", "dev.nightjar.cli.LogLines");
    System.setProperty("slf4j.provider", "dev.nightjar.cli.LogProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long cpu = thread.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    try (var plugins = PluginHost.open(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]))) {
      long opened = System.nanoTime();
      long cpuOpened = thread.getCurrentThreadCpuTime();
      ONE_EACH.forEach(plugins::processor);
      long loaded = System.nanoTime();
      long cpuLoaded = thread.getCurrentThreadCpuTime();
      System.out.printf(
          "%.1f %.1f %.1f %.1f%n",
          millis(opened - start),
          millis(cpuOpened - cpu),
          millis(loaded - opened),
          millis(cpuLoaded - cpuOpened));
    }
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
