package dev.nightjar.cli;

import dev.nightjar.model.Workflow;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.List;

/** Says how a workflow would be run. */
final class PlanCommand implements Command {

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Say which steps would run together, and why; run nothing.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(new Syntax.Operand("FILE", false, "The workflow file."));
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Plugins.OPTION, Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      var loaded = LoadedWorkflow.read(arguments.operand(0), plugins, console, output);
      Workflow workflow = loaded.workflow();
      if (workflow != null) {
        console.print(Plans.print(workflow, output, console.results().style()));
      }
      return loaded.exitCode();
    }
  }
}
