package dev.nightjar.cli;

import dev.nightjar.daemon.Beginning;
import dev.nightjar.daemon.RefusedException;
import dev.nightjar.daemon.Rerunning;
import dev.nightjar.daemon.UsedPlugins;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a new run that takes over what another one has done before a step, and shows it. */
record Rerun(
    Store store,
    Home home,
    PluginHost plugins,
    Arguments arguments,
    RunOptions options,
    Console console) {

  /**
   * Does it and returns the process's exit code.
   *
   * @throws RefusedException when it cannot be done
   */
  int run(StoredRun other) throws InterruptedException {
    var rerunning = Rerunning.of(store, other, arguments.text("--from"));
    LoadedWorkflow loaded = load(other);
    Workflow workflow = loaded.workflow();
    if (workflow == null) {
      return loaded.exitCode();
    }
    var before = rerunning.past().started().inputs();
    GivenInputs inputs = GivenInputs.bind(workflow, before, arguments, console, options.output());
    if (inputs == null) {
      return ExitCode.WRONG_USAGE;
    }
    rerunning.check(workflow, Rerunning.changed(inputs.values(), before));
    rerunning.warnings(workflow, loaded.text(), plugins.catalog()).forEach(console::warning);
    return start(rerunning, loaded, workflow, inputs);
  }

  private LoadedWorkflow load(StoredRun other) {
    Path file = Path.of(other.file());
    if (Files.exists(file)) {
      return LoadedWorkflow.read(LoadedWorkflow.display(file), plugins, console, options.output());
    }
    console.warning(
        LoadedWorkflow.display(file)
            + " is gone; its text is taken as run "
            + other.id()
            + " had it");
    String text = store.workflow(other.digest());
    return LoadedWorkflow.remembered(text, file, plugins, console, options.output());
  }

  private int start(
      Rerunning rerunning, LoadedWorkflow loaded, Workflow workflow, GivenInputs inputs)
      throws InterruptedException {
    try (StepCache cache = home.cache(console)) {
      var engine =
          new Engine(
              plugins,
              Machine.surroundings(home.folder()),
              options.settings(workflow.folder()),
              cache);
      var request =
          new RunRequest(
              engine.newId(),
              workflow,
              loaded.digest(),
              UsedPlugins.of(workflow, plugins),
              inputs.values(),
              inputs.allSecrets(workflow, console),
              Machine.clock().instant(),
              rerunning.facts(),
              rerunning.event());
      Path folder = home.runFolder(rerunning.other().id());
      var beginning =
          new Beginning(engine, request, loaded.text(), LoadedWorkflow.display(workflow.file()));
      return Launch.run(
          store,
          beginning,
          journal -> engine.rerun(request, rerunning.past(), folder, journal),
          options,
          console);
    }
  }
}
