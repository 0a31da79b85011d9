package dev.nightjar.bench;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.yaml.YamlReader;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs one workflow with a journal that only counts, or with the store behind it, and prints how
 * many events there were.
 */
final class JournalJob {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final PluginHost plugins;
  private final Path home;
  private final Engine engine;
  private final RunRequest request;

  private JournalJob(PluginHost plugins, Path file, Path home, String source) {
    this.plugins = plugins;
    this.home = home;
    var surroundings =
        new Surroundings(
            InstantSource.system(), System::nanoTime, new Random(), Thread::sleep, home);
    Workflow workflow = workflow(file);
    var settings = new EngineSettings(2, workflow.folder(), false, GRACE, EngineSettings.QUIET);
    engine = new Engine(plugins, surroundings, settings, ResultCache.NONE);
    Instant started = Instant.now();
    Map<String, JsonNode> inputs =
        Map.of(
            "source", JsonNodeFactory.instance.stringNode(source),
            "at_once", JsonNodeFactory.instance.numberNode(1));
    request =
        new RunRequest(
            engine.newId(),
            workflow,
            "0".repeat(64),
            List.of(),
            inputs,
            Map.of(),
            started,
            Engine.startedByHand(started, ZoneOffset.UTC),
            null);
  }

  private Workflow workflow(Path file) {
    var found = new Diagnostics();
    var text = YamlReader.text(file, file.toString(), found);
    Workflow workflow =
        text == null ? null : WorkflowReader.read(text, file, plugins.catalog(), found);
    if (workflow == null) {
      throw new IllegalStateException(found.sorted().toString());
    }
    return workflow;
  }

  /** Arguments: counted or stored, folder of plugins, workflow, work folder, source. */
  public static void main(String[] args) throws InterruptedException {
    Path home = Path.of(args[3]);
    try (var plugins = PluginHost.open(Path.of(args[1]), home.resolve("plugins"))) {
      var job = new JournalJob(plugins, Path.of(args[2]).toAbsolutePath(), home, args[4]);
      System.out.println(args[0].equals("stored") ? job.stored() : job.counted());
    }
  }

  private long counted() throws InterruptedException {
    var events = new AtomicLong();
    run(event -> events.incrementAndGet());
    return events.get();
  }

  private long stored() throws InterruptedException {
    var events = new AtomicLong();
    var settings = new StoreSettings(home, null, InstantSource.system(), StoreSettings.LEASE);
    var known =
        new NewRun(
            request.id(),
            request.workflow().name(),
            request.workflow().file().toString(),
            request.digest(),
            "",
            request.started(),
            null);
    try (Store store = Store.open(settings);
        OwnedRun owned = store.begin(known, event -> events.incrementAndGet())) {
      run(owned);
    }
    return events.get();
  }

  private void run(Journal journal) throws InterruptedException {
    RunResult result = engine.start(request, journal).await();
    if (result.failure() != null) {
      throw new IllegalStateException(result.failure().message());
    }
  }
}
