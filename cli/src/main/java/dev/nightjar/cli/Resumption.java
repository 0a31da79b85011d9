package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.History;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.Store.StoredEvent;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Goes on with a run that another process left unfinished. */
record Resumption(
    Store store,
    Home home,
    PluginHost plugins,
    Arguments arguments,
    RunOptions options,
    Console console) {

  /** Instead of an exit code: nothing of the run was remembered but its name, and it is ended. */
  static final int NEVER_BEGAN = -1;

  /**
   * Does it.
   *
   * @return the process's exit code, or {@link #NEVER_BEGAN}
   */
  int run(StoredRun run) throws InterruptedException {
    try (Launch launch = Launch.open(options, console);
        OwnedRun owned = store.adopt(run.id(), launch.listener())) {
      History past = history(store, run.id());
      if (!past.hasBegun()) {
        Engine engine = engine(Path.of(run.file()), ResultCache.NONE);
        owned.append(engine.neverRan(run.id(), Outcome.CANCELLED, null));
        owned.settle();
        return NEVER_BEGAN;
      }
      if (!past.inDoubt().isEmpty()) {
        Doubts.explain(run.id(), past, home, console);
        return ExitCode.REFUSED;
      }
      return check(run, past, owned, launch);
    }
  }

  /** What a run's events add up to. */
  static History history(Store store, String run) {
    try (Stream<StoredEvent> events = store.events(run)) {
      return History.of(events.map(StoredEvent::event));
    }
  }

  private int check(StoredRun run, History past, OwnedRun owned, Launch launch)
      throws InterruptedException {
    List<String> different = UsedPlugins.differences(past.started().plugins(), plugins);
    if (!different.isEmpty()) {
      console.error(
          "run "
              + run.id()
              + " began with other plugins: "
              + Visible.line(String.join("; ", different))
              + "; put those back, or begin anew with `nightjar rerun "
              + run.id()
              + "`");
      return ExitCode.PLUGIN;
    }
    String text = store.workflow(run.digest());
    Path file = Path.of(run.file());
    var loaded = LoadedWorkflow.remembered(text, file, plugins, console, options.output());
    Workflow workflow = loaded.workflow();
    if (workflow == null) {
      return loaded.exitCode();
    }
    GivenInputs inputs =
        GivenInputs.bind(workflow, past.started().inputs(), arguments, console, options.output());
    if (inputs == null) {
      return ExitCode.WRONG_USAGE;
    }
    checkUnchanged(run, inputs, past.started());
    // So that whoever watches knows what goes on.
    launch.listener().accept(past.started());
    return goOn(request(past.started(), workflow, inputs), past, owned, launch);
  }

  private static void checkUnchanged(StoredRun run, GivenInputs inputs, Event.RunStarted started) {
    List<String> changed = inputs.changed(started.inputs());
    if (!changed.isEmpty()) {
      String name = changed.getFirst();
      throw new WrongUsage(
          "run %s goes on with the inputs it has, and its `%s` is %s; `nightjar rerun %s` changes"
                  .formatted(run.id(), name, started.inputs().get(name), run.id())
              + " inputs");
    }
  }

  private RunRequest request(Event.RunStarted started, Workflow workflow, GivenInputs inputs) {
    return new RunRequest(
        started.run(),
        workflow,
        started.digest(),
        started.plugins(),
        inputs.values(),
        inputs.allSecrets(workflow, console),
        started.at(),
        started.trigger(),
        started.rerun());
  }

  private int goOn(RunRequest request, History past, OwnedRun owned, Launch launch)
      throws InterruptedException {
    Workflow.Concurrency pool = request.workflow().concurrency();
    if (pool != null) {
      var turn = new Turn(owned, pool, launch.interrupts());
      Turn.Answer answer = turn.await(() -> {});
      if (!(answer instanceof Turn.Answer.Granted)) {
        return notNow(request.id(), answer, launch);
      }
      if (turn.queued()) {
        owned.append(turn.admitted());
      }
    }
    String owner = store.run(request.id()).map(StoredRun::owner).orElse("");
    try (StepCache cache = home.cache(console)) {
      Engine engine = engine(request.workflow().file(), cache);
      return launch.await(engine.resume(request, past, owner, owned.fence(), owned), owned);
    }
  }

  /** A run that has done a part of its work is not ended because it cannot go on now. */
  private int notNow(String run, Turn.Answer answer, Launch launch) {
    String why =
        answer instanceof Turn.Answer.Refused refused
            ? refused.why()
            : "it was stopped while it waited for its turn";
    console.error(
        "run " + run + " stays unfinished: " + Visible.line(why) + "; resume it again later");
    return launch.interrupts().exitCode(ExitCode.REFUSED);
  }

  private Engine engine(Path file, ResultCache cache) {
    Path folder = file.toAbsolutePath().getParent();
    return new Engine(
        plugins,
        Machine.surroundings(home.folder()),
        options.settings(folder == null ? file : folder),
        cache);
  }
}
