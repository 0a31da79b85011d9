package dev.nightjar.bench;

import dev.nightjar.runtime.RunRequest;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs one workflow with a journal that only counts, or with the store behind it, and prints how
 * many events there were.
 */
final class JournalJob {

  private final InProcess process;
  private final RunRequest request;

  private JournalJob(InProcess process, String source) {
    this.process = process;
    request =
        process.request(
            Map.of(
                "source", JsonNodeFactory.instance.stringNode(source),
                "at_once", JsonNodeFactory.instance.numberNode(1)));
  }

  /** Arguments: counted or stored, folder of plugins, workflow, work folder, source. */
  public static void main(String[] args) throws InterruptedException {
    Path home = Path.of(args[3]);
    try (var plugins = PluginHost.open(Path.of(args[1]), home.resolve("plugins"), null)) {
      var process = new InProcess(plugins, Path.of(args[2]), home);
      var job = new JournalJob(process, args[4]);
      System.out.println(args[0].equals("stored") ? job.stored() : job.counted());
    }
  }

  private long counted() throws InterruptedException {
    var events = new AtomicLong();
    process.run(request, event -> events.incrementAndGet());
    return events.get();
  }

  private long stored() throws InterruptedException {
    var events = new AtomicLong();
    try (Store store = process.store()) {
      process.run(request, store, event -> events.incrementAndGet());
    }
    return events.get();
  }
}
