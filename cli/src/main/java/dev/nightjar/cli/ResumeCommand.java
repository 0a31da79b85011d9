package dev.nightjar.cli;

import dev.nightjar.stage.plugin.PluginHost;
import dev.nightjar.store.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Goes on with a run whose process is gone. */
final class ResumeCommand implements Command {

  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String summary() {
    return "Go on with a run whose process is gone.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(
        Syntax.Option.repeatable(
            "--input", "NAME=VALUE", "An input that is a secret, which no run remembers."));
    all.addAll(RunOptions.ALL);
    all.addAll(Home.IN_CURRENT_FOLDER);
    return all;
  }

  @Override
  public int run(Arguments arguments, Console console) throws InterruptedException {
    RunOptions options = RunOptions.of(arguments, console);
    return KnownRuns.with(
        arguments,
        console,
        (run, home, store) -> {
          KnownRuns.checkUnfinished(run);
          try (PluginHost plugins = Plugins.open(arguments, console, home.plugins())) {
            var resumption = new Resuming(store, home, plugins, arguments, options, console);
            int code = resumption.run(run);
            if (code == Resuming.NEVER_BEGAN) {
              throw neverBegan(run);
            }
            Housekeeping.afterRun(store, home, options.keep());
            return code;
          }
        });
  }

  private static WrongUsage neverBegan(StoredRun run) {
    return new WrongUsage(
        "run %s has done nothing and ends here: its process was gone before it began; `nightjar run"
                .formatted(run.id())
            + " "
            + LoadedWorkflow.display(Path.of(run.file()))
            + "` begins another one");
  }
}
