package dev.nightjar.bench;

import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.Store;
import java.nio.file.Path;
import java.util.Map;

/** Fills a store with runs of one workflow. */
final class StoredRuns {

  private StoredRuns() {}

  /** Arguments: folder of plugins, workflow, home, how many. */
  public static void main(String[] args) throws InterruptedException {
    Path home = Path.of(args[2]);
    int runs = Integer.parseInt(args[3]);
    try (var plugins = PluginHost.open(Path.of(args[0]), home.resolve("plugins"), null)) {
      var process = new InProcess(plugins, Path.of(args[1]), home);
      try (Store store = process.store()) {
        for (int i = 0; i < runs; i++) {
          process.run(process.request(Map.of()), store, event -> {});
        }
      }
    }
  }
}
