package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.PluginGeneration;
import dev.nightjar.daemon.folder.PluginGenerations;
import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.DamagedRunException;
import dev.nightjar.store.EndedException;
import dev.nightjar.store.HeldException;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Goes on with runs that a process left behind. */
final class Unfinished {

  /** Runs that are looked at in one go; the next look takes more. */
  private static final int AT_ONCE = 1000;

  private final DaemonSettings settings;
  private final Store store;
  private final PluginGenerations plugins;
  private final Starts starts;
  private final HostedRuns hosted;
  private final Watcher watcher;

  /** By run, why it does not go on by itself: told once, tried again each time. */
  private final Map<String, String> waiting = new ConcurrentHashMap<>();

  Unfinished(
      DaemonSettings settings,
      Store store,
      PluginGenerations plugins,
      Starts starts,
      HostedRuns hosted,
      Watcher watcher) {
    this.settings = settings;
    this.store = store;
    this.plugins = plugins;
    this.starts = starts;
    this.hosted = hosted;
    this.watcher = watcher;
  }

  /**
   * Goes on with the runs of the folder's workflows that nobody has. A run that cannot go on holds
   * up no other.
   *
   * @param tell is told what keeps runs from it that was not told before
   * @throws StoreException when the store refuses altogether
   */
  void resumeAll(Consumer<String> tell) {
    List<StoredRun> runs = list();
    waiting.keySet().retainAll(runs.stream().map(StoredRun::id).toList());
    for (StoredRun run : runs.reversed()) {
      if (!hosted.has(run.id())) {
        resumeOrTell(run, tell);
      }
    }
  }

  private void resumeOrTell(StoredRun run, Consumer<String> tell) {
    try {
      resume(run);
      waiting.remove(run.id());
    } catch (HeldException | EndedException elsewhere) {
      waiting.remove(run.id());
    } catch (RefusedException | DamagedRunException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(waiting.put(run.id(), why))) {
        tell.accept(why);
      }
    }
  }

  private List<StoredRun> list() {
    var query =
        new RunQuery(
            null, null, Set.of(StoredRun.State.UNFINISHED), Set.of(), null, null, AT_ONCE, null);
    return store.runs(query).items().stream()
        .filter(run -> Path.of(run.file()).startsWith(settings.folder()))
        .toList();
  }

  /** What each run waits for that does not go on by itself. */
  List<String> problems() {
    return List.copyOf(waiting.values());
  }

  /** The plugins that unfinished runs began with, if they can go on at all. */
  Set<Event.PluginUsed> plugins() {
    Set<Event.PluginUsed> used = new HashSet<>();
    for (StoredRun run : list()) {
      try (var stored = store.events(run.id())) {
        stored
            .findFirst()
            .ifPresent(first -> {
              if (first.event() instanceof Event.RunStarted started) {
                used.addAll(started.plugins());
              }
            });
      } catch (EndedException | DamagedRunException lost) {
        // It goes on with no plugins at all.
      }
    }
    return used;
  }

  /**
   * Goes on with a run, in this process.
   *
   * @throws HeldException when another process has it
   * @throws EndedException when there is nothing left to go on with
   * @throws DamagedRunException when what is stored of it is not what was written
   * @throws RefusedException when a person has to do something first
   */
  void resume(StoredRun run) {
    OwnedRun owned =
        store.adopt(run.id(), event -> watcher.happened(run.id(), run.workflow(), event));
    watcher.moved(run.id());
    try {
      resume(Resumption.of(store, run, owned));
    } catch (RuntimeException | Error failed) {
      owned.close();
      throw failed;
    }
  }

  private void resume(Resumption resumption) {
    String id = resumption.run().id();
    OwnedRun owned = resumption.owned();
    if (!resumption.past().hasBegun()) {
      try (PluginGeneration.Use use = plugins.use();
          owned) {
        resumption.endUnbegun(starts.engine(settings.folder(), use));
      }
      return;
    }
    List<String> doubts = Resolution.steps(resumption.past());
    if (!doubts.isEmpty()) {
      throw new RefusedException(
          "run %s waits for an answer: what became of `%s`? Its process ended in the middle of work that is done at most once; `nightjar resolve %s %s --succeeded` or `--again`"
              .formatted(id, String.join("`, `", doubts), id, doubts.getFirst()));
    }
    Event.RunStarted started = resumption.past().started();
    PluginGeneration.Use use =
        plugins
            .forRun(started.plugins())
            .orElseThrow(() ->
                new RefusedException(
                    "run %s began with plugins that are gone: put them back, or begin anew with `nightjar rerun %s`"
                        .formatted(id, id)));
    try {
      Workflow workflow = workflow(resumption.run(), use);
      RunRequest request = request(resumption, workflow);
      Engine engine = starts.engine(workflow.folder(), use);
      hosted.host(
          request.workflow().name(),
          owned,
          use,
          course -> resumption.goOn(engine, request, course));
    } catch (RuntimeException | Error failed) {
      use.close();
      throw failed;
    }
  }

  private Workflow workflow(StoredRun run, PluginGeneration.Use use) {
    Path file = Path.of(run.file());
    var diagnostics = new Diagnostics();
    var text = new SourceText(starts.display(file), store.workflow(run.digest()));
    Workflow workflow = WorkflowReader.read(text, file, use.generation().catalog(), diagnostics);
    if (workflow == null) {
      throw new RefusedException(
          "run %s cannot go on:\n%s".formatted(run.id(), Starts.text(diagnostics.sorted())));
    }
    return workflow;
  }

  private RunRequest request(Resumption resumption, Workflow workflow) {
    try {
      InputBinder.Bound bound =
          Starts.bind(
              workflow,
              resumption.past().started().inputs(),
              JsonNodeFactory.instance.objectNode());
      Map<String, JsonNode> values = new LinkedHashMap<>();
      bound.values().properties().forEach(one -> values.put(one.getKey(), one.getValue()));
      Map<String, String> secrets =
          new LinkedHashMap<>(Secrets.read(workflow, settings.environment()));
      secrets.putAll(bound.secrets());
      return resumption.request(workflow, values, secrets);
    } catch (Operations.InputsException e) {
      throw new RefusedException(
          "run %s needs its secrets again, `nightjar resume` takes them:\n%s"
              .formatted(resumption.run().id(), Starts.text(e.diagnostics())));
    }
  }
}
