package dev.nightjar.cli;

import dev.nightjar.cli.display.Display;
import dev.nightjar.cli.display.Verbosity;
import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Workflow;
import dev.nightjar.runtime.Engine;
import dev.nightjar.runtime.EngineSettings;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.RunRequest;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.stage.plugin.PluginHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs a workflow and shows it. */
final class RunCommand implements Command {

  /** How long a step may take to answer an interrupt: long enough to close its files. */
  private static final Duration GRACE = Duration.ofSeconds(10);

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
    return List.of(
        Syntax.Option.repeatable(
            "--input", "NAME=VALUE", "A value for one of the workflow's inputs; repeatable."),
        Syntax.Option.value(
            "--inputs", "FILE", "A YAML or JSON file of inputs; --input goes before it."),
        Syntax.Option.flag("Check, bind the inputs, print the plan, run nothing.", "--dry-run"),
        Syntax.Option.value(
            "--parallelism", "N", "How many tasks of a stage at once; default: the cores."),
        Plugins.OPTION,
        Syntax.Option.flag("Let steps write outside of the workflow's folder.", "--allow-outside"),
        Syntax.Option.value(
            "--home", "DIR", "For what a run keeps; default: .nightjar beside the workflow."),
        Output.OPTION,
        Syntax.Option.flag("Print failures alone.", "-q", "--quiet"),
        Syntax.Option.flag("Print what stages and tasks do, too.", "-v", "--verbose"));
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    Output output = Output.of(arguments);
    Verbosity verbosity = verbosity(arguments);
    int parallelism =
        arguments.positive("--parallelism", Runtime.getRuntime().availableProcessors());
    Path home = home(arguments);
    try (PluginHost plugins = Plugins.open(arguments, console, home.resolve("plugins"))) {
      var loaded = LoadedWorkflow.read(arguments.operand(0), plugins, console, output);
      Workflow workflow = loaded.workflow();
      if (workflow == null) {
        return loaded.exitCode();
      }
      InputBinder.Bound inputs = GivenInputs.bind(workflow, arguments, console, output);
      if (inputs == null) {
        return ExitCode.WRONG_USAGE;
      }
      if (arguments.flag("--dry-run")) {
        console.print(Plans.of(workflow).print(output, console.results().style()));
        return ExitCode.SUCCEEDED;
      }
      var settings =
          new EngineSettings(
              parallelism,
              workflow.folder(),
              arguments.flag("--allow-outside"),
              GRACE,
              EngineSettings.QUIET);
      var engine = new Engine(plugins, Machine.surroundings(home), settings);
      return run(engine, workflow, inputs, console, display(output, verbosity, console));
    }
  }

  private static int run(
      Engine engine, Workflow workflow, InputBinder.Bound inputs, Console console, Display display)
      throws InterruptedException {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    inputs.values().properties().forEach(one -> values.put(one.getKey(), one.getValue()));
    Map<String, String> secrets =
        new LinkedHashMap<>(Secrets.read(workflow, console.environment()));
    secrets.putAll(inputs.secrets());
    var interrupts = new Interrupts(code -> Runtime.getRuntime().halt(code), display::say);
    if (console.ownsProcess()) {
      interrupts.listen();
    }
    try (display) {
      interrupts.begin();
      Instant started = Machine.clock().instant();
      var request =
          new RunRequest(
              engine.newId(),
              workflow,
              "",
              List.of(),
              values,
              secrets,
              started,
              Engine.startedByHand(started, ZoneId.systemDefault()),
              null);
      Run run = engine.start(request, display);
      interrupts.watch(run);
      display.watch(run);
      RunResult result = run.await();
      return ExitCode.of(result, interrupts.signal());
    }
  }

  private static Display display(Output output, Verbosity verbosity, Console console) {
    if (output == Output.JSON) {
      return Display.json(console.out());
    }
    if (!console.isLive() || verbosity == Verbosity.QUIET) {
      return Display.lines(console.results(), console.messages(), verbosity);
    }
    var size = new TerminalSize(console.environment());
    size.listen();
    return Display.live(console.results(), console.messages(), verbosity, size);
  }

  private static Verbosity verbosity(Arguments arguments) {
    boolean quiet = arguments.flag("--quiet");
    boolean verbose = arguments.flag("--verbose");
    if (quiet && verbose) {
      throw new WrongUsage("`--quiet` and `--verbose` ask for opposite things; give one of them");
    }
    return quiet ? Verbosity.QUIET : verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
  }

  private static Path home(Arguments arguments) {
    String given = arguments.text("--home");
    if (given != null) {
      return Plugins.path("--home", given).toAbsolutePath().normalize();
    }
    Path workflow = Plugins.path("FILE", arguments.operand(0)).toAbsolutePath().normalize();
    return workflow.resolveSibling(".nightjar");
  }
}
