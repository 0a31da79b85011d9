package dev.nightjar.bench;

import dev.nightjar.stage.plugin.PluginHost;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads three plugins in a JVM that has done nothing before, and prints how long each part took.
 */
final class PluginLoading {

  private static final List<String> ONE_EACH = List.of("file.read", "text.case", "flow.log");

  private PluginLoading() {}

  /** Arguments: the folder of plugins and one for copies. */
  public static void main(String[] args) {
    long start = System.nanoTime();
    try (var plugins = PluginHost.open(Path.of(args[0]), Path.of(args[1]))) {
      long opened = System.nanoTime();
      ONE_EACH.forEach(plugins::processor);
      long loaded = System.nanoTime();
      System.out.printf("%.1f %.1f%n", (opened - start) / 1e6, (loaded - opened) / 1e6);
    }
  }
}
