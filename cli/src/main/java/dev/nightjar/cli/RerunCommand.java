package dev.nightjar.cli;

import dev.nightjar.stage.plugin.PluginHost;
import java.util.ArrayList;
import java.util.List;

/** Runs a workflow again as it ran before, from a step on. */
final class RerunCommand implements Command {

  @Override
  public String name() {
    return "rerun";
  }

  @Override
  public String summary() {
    return "Make a new run of an earlier one, from a step on.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(KnownRuns.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    List<Syntax.Option> all = new ArrayList<>();
    all.add(
        Syntax.Option.value(
            "--from",
            "STEP",
            "Take over what the steps before this one have done; default: do everything anew."));
    all.addAll(GivenInputs.OPTIONS);
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
          try (PluginHost plugins = Plugins.open(arguments, console, home.plugins())) {
            int code = new Rerun(store, home, plugins, arguments, options, console).run(run);
            Housekeeping.afterRun(store, home, options.keep());
            return code;
          }
        });
  }
}
