package dev.nightjar.cli;

import dev.nightjar.daemon.Beginning;
import dev.nightjar.daemon.UsedPlugins;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.StepCache;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a workflow and shows it. */
final class RunCommand implements Command {

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "Run a workflow.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(new Syntax.Operand("FILE", false, "The workflow file."));
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>(GivenInputs.OPTIONS);
    all.add(
        Syntax.Option.flag("Check, bind the inputs, print the plan, run nothing.", "--dry-run"));
    all.add(
        Syntax.Option.flag(
            "Go on with the file's newest unfinished run; begin one if there is none.",
            "--resume"));
    all.addAll(RunOptions.ALL);
    all.addAll(Home.BESIDE_WORKFLOW);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    RunOptions options = RunOptions.of(arguments, console);
    Path file = Plugins.path("FILE", arguments.operand(0)).toAbsolutePath().normalize();
    Home home = Home.of(file, arguments, console);
    if (arguments.flag("--dry-run") && arguments.flag("--resume")) {
      throw new WrongUsage("`--dry-run` runs nothing, so there is nothing to `--resume`");
    }
    if (!arguments.flag("--dry-run")) {
      home.preload();
    }
    try (PluginHost plugins = Plugins.open(arguments, console, home.plugins())) {
      return arguments.flag("--resume")
          ? resume(file, home, plugins, arguments, options, console)
          : begin(null, home, plugins, arguments, options, console);
    }
  }

  private static int resume(
      Path file,
      Home home,
      PluginHost plugins,
      Arguments arguments,
      RunOptions options,
      Console console)
      throws InterruptedException {
    try (Store store = home.open()) {
      Optional<StoredRun> unfinished = KnownRuns.unfinished(store, file);
      if (unfinished.isPresent()) {
        var resumption = new Resuming(store, home, plugins, arguments, options, console);
        int code = resumption.run(unfinished.get());
        if (code != Resuming.NEVER_BEGAN) {
          return code;
        }
      }
      return begin(store, home, plugins, arguments, options, console);
    }
  }

  private static int begin(
      @Nullable Store open,
      Home home,
      PluginHost plugins,
      Arguments arguments,
      RunOptions options,
      Console console)
      throws InterruptedException {
    var loaded = LoadedWorkflow.read(arguments.operand(0), plugins, console, options.output());
    Workflow workflow = loaded.workflow();
    if (workflow == null) {
      return loaded.exitCode();
    }
    GivenInputs inputs = GivenInputs.bind(workflow, Map.of(), arguments, console, options.output());
    if (inputs == null) {
      return ExitCode.WRONG_USAGE;
    }
    if (arguments.flag("--dry-run")) {
      console.print(Plans.print(workflow, options.output(), console.results().style()));
      return ExitCode.SUCCEEDED;
    }
    try (StepCache cache = home.cache(console)) {
      var engine =
          new Engine(
              plugins,
              Machine.surroundings(home.folder()),
              options.settings(workflow.folder()),
              cache);
      Instant started = Machine.clock().instant();
      var request =
          new RunRequest(
              engine.newId(),
              workflow,
              loaded.digest(),
              UsedPlugins.of(workflow, plugins),
              inputs.values(),
              inputs.allSecrets(workflow, console),
              started,
              Engine.startedByHand(started, Machine.offset(started)),
              null);
      var beginning =
          new Beginning(engine, request, loaded.text(), LoadedWorkflow.display(workflow.file()));
      if (open != null) {
        return run(open, beginning, home, options, console);
      }
      try (Store store = home.open()) {
        return run(store, beginning, home, options, console);
      }
    }
  }

  private static int run(
      Store store, Beginning beginning, Home home, RunOptions options, Console console)
      throws InterruptedException {
    int code =
        Launch.run(
            store,
            beginning,
            journal -> beginning.engine().start(beginning.request(), journal),
            options,
            console);
    Housekeeping.afterRun(store, home, options.keep());
    return code;
  }
}
