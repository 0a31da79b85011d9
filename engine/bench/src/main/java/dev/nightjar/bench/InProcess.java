package dev.nightjar.bench;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.yaml.YamlReader;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
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
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One workflow and an engine in this process, for runs whose parts are measured. */
final class InProcess {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path home;
  private final Workflow workflow;
  private final Engine engine;

  InProcess(PluginHost plugins, Path file, Path home) {
    this.home = home;
    workflow = workflow(plugins, file.toAbsolutePath());
    var surroundings =
        new Surroundings(
            InstantSource.system(), System::nanoTime, new Random(), Thread::sleep, home);
    var settings =
        new EngineSettings(2, workflow.folder(), false, GRACE, EngineSettings.QUIET, Duration.ZERO);
    engine = new Engine(plugins, surroundings, settings, ResultCache.NONE);
  }

  private static Workflow workflow(PluginHost plugins, Path file) {
    var found = new Diagnostics();
    var text = YamlReader.text(file, file.toString(), found);
    Workflow workflow =
        text == null ? null : WorkflowReader.read(text, file, plugins.catalog(), found);
    if (workflow == null) {
      throw new IllegalStateException(found.sorted().toString());
    }
    return workflow;
  }

  RunRequest request(Map<String, JsonNode> inputs) {
    Instant started = Instant.now();
    return new RunRequest(
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

  Store store() {
    return Store.open(new StoreSettings(home, null, InstantSource.system(), StoreSettings.LEASE));
  }

  void run(RunRequest request, Journal journal) throws InterruptedException {
    RunResult result = engine.start(request, journal).await();
    if (result.failure() != null) {
      throw new IllegalStateException(result.failure().message());
    }
  }

  /**
   * Runs with the store behind the journal.
   *
   * @param listener is told of each event when it is on disk
   */
  void run(RunRequest request, Store store, Consumer<Event> listener) throws InterruptedException {
    var known =
        new NewRun(
            request.id(),
            request.workflow().name(),
            request.workflow().file().toString(),
            request.digest(),
            "",
            request.started(),
            null);
    try (OwnedRun owned = store.begin(known, listener)) {
      run(request, owned);
    }
  }
}
