package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.PluginGeneration;
import dev.nightjar.daemon.folder.PluginGenerations;
import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.OwnedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Begins runs: what caused them and their first events get on disk together, then they go. */
final class RunStarter {

  private final Starts starts;
  private final PluginGenerations plugins;
  private final Firings firings;
  private final HostedRuns hosted;
  private final Watcher watcher;

  RunStarter(
      Starts starts,
      PluginGenerations plugins,
      Firings firings,
      HostedRuns hosted,
      Watcher watcher) {
    this.starts = starts;
    this.plugins = plugins;
    this.firings = firings;
    this.hosted = hosted;
    this.watcher = watcher;
  }

  /**
   * A run that can begin.
   *
   * @param engine starts it
   * @param refused why it fails at once; null when it does not
   */
  private record Ready(
      Beginning beginning,
      PluginGeneration.Use use,
      Function<Journal, Run> engine,
      @Nullable String refused) {

    private Ending attend(OwnedRun owned, Course course) throws InterruptedException {
      return refused == null
          ? beginning.run(owned, course, engine)
          : beginning.fail(owned, "input", refused);
    }
  }

  /**
   * Begins all that is due, in one transaction. What is wrong with inputs or secrets is the failure
   * of the run: nobody is there to be told.
   */
  void fire(List<TriggerLoop.Cause> causes) {
    List<Ready> ready = new ArrayList<>();
    List<Firings.Due> due = new ArrayList<>();
    try {
      for (TriggerLoop.Cause cause : causes) {
        Ready one = ready(cause);
        ready.add(one);
        due.add(due(one, cause.firing(), cause.seen()));
      }
      begin(ready, due);
    } catch (RuntimeException | Error failed) {
      ready.forEach(one -> one.use().close());
      throw failed;
    }
  }

  private Ready ready(TriggerLoop.Cause cause) {
    PluginGeneration.Use use = plugins.use();
    ServedWorkflow.Version version = cause.version();
    try {
      Workflow workflow = Starts.workflow(version, use);
      ObjectNode inputs = starts.inputs(workflow, cause.trigger(), cause.facts());
      var wish = new Starts.Wish(workflow, version, inputs, cause.facts(), null);
      return fromStart(starts.beginning(wish, Map.of(), use), use, null);
    } catch (RefusedException | Operations.InputsException e) {
      String why =
          e instanceof Operations.InputsException inputs
              ? Starts.text(inputs.diagnostics())
              : String.valueOf(e.getMessage());
      var wish =
          new Starts.Wish(
              version.workflow(),
              version,
              JsonNodeFactory.instance.objectNode(),
              cause.facts(),
              null);
      return fromStart(starts.withoutInputs(wish, use), use, why);
    } catch (RuntimeException | Error failed) {
      use.close();
      throw failed;
    }
  }

  private static Ready fromStart(
      Beginning beginning, PluginGeneration.Use use, @Nullable String refused) {
    return new Ready(
        beginning, use, journal -> beginning.engine().start(beginning.request(), journal), refused);
  }

  /**
   * Begins a run that somebody has asked for.
   *
   * @param trigger the name under which what caused it is remembered
   * @param key null for none
   * @return the run; that of the same wish before if there was one
   * @throws Operations.InputsException when the inputs do not fit
   * @throws Operations.KeyUsedException when another wish had the key
   * @throws RefusedException when a secret cannot be read
   */
  Operations.Started demand(
      ServedWorkflow.Version version,
      Function<Workflow, ObjectNode> inputs,
      ObjectNode facts,
      String trigger,
      @Nullable RequestKey key) {
    Optional<Firing> before =
        key == null ? Optional.empty() : firings.find(version.name(), trigger, key.text());
    if (key != null && before.isPresent()) {
      return startedBefore(before.get(), key.request());
    }
    PluginGeneration.Use use = plugins.use();
    try {
      Workflow workflow = Starts.workflow(version, use);
      var wish = new Starts.Wish(workflow, version, inputs.apply(workflow), facts, null);
      Ready ready = fromStart(starts.beginning(wish, Map.of(), use), use, null);
      return begin(ready, trigger, key);
    } catch (RuntimeException | Error failed) {
      use.close();
      throw failed;
    }
  }

  /**
   * Begins a run that takes over from another one.
   *
   * @return the run, and what is not as one may think
   * @throws Operations.InputsException when the inputs do not fit
   * @throws RefusedException when it cannot be done
   */
  Operations.Rerun rerun(
      ServedWorkflow.Version version, Rerunning rerunning, ObjectNode inputs, String by) {
    PluginGeneration.Use use = plugins.use();
    try {
      Workflow workflow = Starts.workflow(version, use);
      Event.RunStarted started = rerunning.past().started();
      ObjectNode facts = rerunning.facts().put("by", by);
      var wish = new Starts.Wish(workflow, version, inputs, facts, rerunning.event());
      Beginning beginning = starts.beginning(wish, started.inputs(), use);
      Map<String, JsonNode> values = beginning.request().inputs();
      rerunning.check(workflow, Rerunning.changed(values, started.inputs()));
      List<String> warnings =
          rerunning.warnings(workflow, version.text(), use.generation().catalog());
      Engine engine = beginning.engine();
      var ready =
          new Ready(
              beginning,
              use,
              journal ->
                  engine.rerun(
                      beginning.request(),
                      rerunning.past(),
                      starts.runFolder(rerunning.other().id()),
                      journal),
              null);
      return new Operations.Rerun(begin(ready, "@rerun", null).run(), warnings);
    } catch (RuntimeException | Error failed) {
      use.close();
      throw failed;
    }
  }

  private static Operations.Started startedBefore(Firing before, @Nullable String request) {
    String run = String.valueOf(before.run());
    // Of what an earlier release began it is not known.
    if (before.request() != null && !before.request().equals(request)) {
      throw new Operations.KeyUsedException(
          "the key `%s` has begun run %s, which something else was asked of; take another key for another wish"
              .formatted(before.cause(), run));
    }
    return new Operations.Started(run, false);
  }

  private Operations.Started begin(Ready ready, String trigger, @Nullable RequestKey key) {
    String id = ready.beginning().request().id();
    String workflow = ready.beginning().request().workflow().name();
    String cause = key == null ? id : key.text();
    var now = ready.beginning().request().started();
    Firing firing =
        Firing.of(workflow, trigger, cause, now, now, "")
            .withRequest(key == null ? null : key.request());
    if (begin(List.of(ready), List.of(due(ready, firing, Map.of()))).getFirst()) {
      return new Operations.Started(id, true);
    }
    // Somebody else has asked for the same meanwhile.
    Firing other = firings.find(workflow, trigger, cause).orElseThrow();
    return startedBefore(other, firing.request());
  }

  private Firings.Due due(Ready ready, Firing firing, Map<String, String> seen) {
    Beginning beginning = ready.beginning();
    String id = beginning.request().id();
    String workflow = beginning.request().workflow().name();
    return new Firings.Due(
        firing,
        beginning.known(),
        Engine.started(beginning.request()),
        seen,
        event -> watcher.happened(id, workflow, event));
  }

  /** Which of them have begun here; the plugins of the others are given back. */
  private List<Boolean> begin(List<Ready> ready, List<Firings.Due> due) {
    List<Optional<OwnedRun>> owned = firings.fire(due);
    List<Boolean> begun = new ArrayList<>();
    for (int i = 0; i < owned.size(); i++) {
      Ready one = ready.get(i);
      OwnedRun run = owned.get(i).orElse(null);
      begun.add(run != null);
      if (run == null) {
        one.use().close();
      } else {
        String workflow = due.get(i).run().workflow();
        watcher.happened(run.id(), workflow, due.get(i).started());
        watcher.fired(due.get(i).firing());
        hosted.host(workflow, run, one.use(), course -> one.attend(run, course));
      }
    }
    return begun;
  }
}
