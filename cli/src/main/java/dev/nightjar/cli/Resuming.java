package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.Ending;
import dev.nightjar.daemon.Rerunning;
import dev.nightjar.daemon.Resumption;
import dev.nightjar.daemon.UsedPlugins;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.List;

/** Goes on with a run, and shows it. */
record Resuming(
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
      var resumption = Resumption.of(store, run, owned);
      if (!resumption.past().hasBegun()) {
        resumption.endUnbegun(engine(Path.of(run.file()), ResultCache.NONE));
        return NEVER_BEGAN;
      }
      if (!resumption.past().inDoubt().isEmpty()) {
        Doubts.explain(run.id(), resumption.past(), home, console);
        return ExitCode.REFUSED;
      }
      return check(resumption, launch);
    }
  }

  private int check(Resumption resumption, Launch launch) throws InterruptedException {
    StoredRun run = resumption.run();
    var started = resumption.past().started();
    List<String> different = UsedPlugins.differences(started.plugins(), plugins);
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
    var loaded =
        LoadedWorkflow.remembered(
            store.workflow(run.digest()), Path.of(run.file()), plugins, console, options.output());
    Workflow workflow = loaded.workflow();
    if (workflow == null) {
      return loaded.exitCode();
    }
    GivenInputs inputs =
        GivenInputs.bind(workflow, started.inputs(), arguments, console, options.output());
    if (inputs == null) {
      return ExitCode.WRONG_USAGE;
    }
    checkUnchanged(run, inputs, started);
    // So that whoever watches knows what goes on.
    launch.listener().accept(started);
    var request =
        resumption.request(workflow, inputs.values(), inputs.allSecrets(workflow, console));
    return goOn(resumption, request, launch);
  }

  private static void checkUnchanged(StoredRun run, GivenInputs inputs, Event.RunStarted started) {
    List<String> changed = Rerunning.changed(inputs.values(), started.inputs());
    if (!changed.isEmpty()) {
      String name = changed.getFirst();
      throw new WrongUsage(
          "run %s goes on with the inputs it has, and its `%s` is %s; `nightjar rerun %s` changes"
                  .formatted(run.id(), name, started.inputs().get(name), run.id())
              + " inputs");
    }
  }

  private int goOn(Resumption resumption, RunRequest request, Launch launch)
      throws InterruptedException {
    try (StepCache cache = home.cache(console)) {
      Engine engine = engine(request.workflow().file(), cache);
      return switch (resumption.goOn(engine, request, launch.course())) {
        case Ending.Ended ended -> launch.exitCode(ended);
        case Ending.Refused refused -> notNow(request.id(), refused.why(), launch);
        case Ending.CancelledWaiting waiting ->
            notNow(request.id(), "it was stopped while it waited for its turn", launch);
      };
    }
  }

  /** A run that has done a part of its work is not ended because it cannot go on now. */
  private int notNow(String run, String why, Launch launch) {
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
