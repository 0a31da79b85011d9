package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.model.Trigger;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.stage.plugin.PluginHost;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** Checks workflow files and says everything that is wrong with them. */
final class ValidateCommand implements Command {

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String summary() {
    return "Check workflow files; run nothing.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(NamedFiles.OPERAND);
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Plugins.OPTION, Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    var findings = new Findings(console, Output.of(arguments));
    List<Path> files = NamedFiles.find(arguments.operands());
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      int wrong = 0;
      long zoneless = 0;
      var all = new Diagnostics();
      for (Path file : files) {
        var diagnostics = new Diagnostics();
        Workflow workflow =
            WorkflowReader.read(
                file.toAbsolutePath().normalize(), file.toString(), plugins.catalog(), diagnostics);
        if (workflow != null) {
          zoneless += workflow.triggers().stream().filter(Trigger::goesByMachineZone).count();
        }
        wrong += diagnostics.hasErrors() ? 1 : 0;
        findings.print(diagnostics.sorted());
        diagnostics.sorted().forEach(all::add);
      }
      int code = findings.exitCode(all, plugins);
      if (zoneless > 0) {
        String triggers = Figures.counted(zoneless, "trigger") + " without `timezone`";
        console.say(triggers + ": the machine's is " + ZoneId.systemDefault());
      }
      String mistakes = wrong == 0 ? "no mistakes" : Figures.count(wrong) + " with mistakes";
      console.err().print(Figures.counted(files.size(), "file") + ", " + mistakes + "\n");
      return code;
    }
  }
}
