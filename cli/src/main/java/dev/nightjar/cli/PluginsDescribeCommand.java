package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.PluginJson;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.ArrayList;
import java.util.List;

/** Tells what a processor takes and does, or what a plugin holds. */
final class PluginsDescribeCommand implements Command {

  @Override
  public String name() {
    return "plugins describe";
  }

  @Override
  public String summary() {
    return "Tell a processor's options, or a plugin's processors.";
  }

  @Override
  public List<Syntax.Operand> operands() {
    return List.of(new Syntax.Operand("NAME", false, "Such as json.parse, or json for them all."));
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Plugins.OPTION, Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String name = arguments.operand(0);
    Output output = Output.of(arguments);
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      List<ProcessorDeclaration> found = find(name, plugins);
      if (found.isEmpty()) {
        return unknown(name, plugins, console);
      }
      switch (output) {
        case TEXT -> {
          var style = console.results().style();
          console.print(
              String.join("\n", found.stream().map(one -> ProcessorText.of(one, style)).toList()));
        }
        case JSON -> found.forEach(one -> console.print(PluginJson.of(one) + "\n"));
      }
      return ExitCode.SUCCEEDED;
    }
  }

  private static List<ProcessorDeclaration> find(String name, PluginHost plugins) {
    ProcessorDeclaration one = plugins.catalog().processor(name);
    if (one != null) {
      return List.of(one);
    }
    return plugins.catalog().plugins().stream()
        .filter(plugin -> plugin.id().equals(name))
        .flatMap(plugin -> plugin.processors().stream())
        .toList();
  }

  private static int unknown(String name, PluginHost plugins, Console console) {
    List<String> known = new ArrayList<>();
    plugins.catalog().plugins().stream().map(PluginDeclaration::id).forEach(known::add);
    plugins.catalog().processors().stream().map(ProcessorDeclaration::name).forEach(known::add);
    String hint = Suggestions.hint(name, known, "`nightjar plugins list` lists them");
    if (plugins.problems().isEmpty()) {
      throw new WrongUsage("there is no processor or plugin `" + name + "`; " + hint);
    }
    console.error("there is no processor or plugin `" + Visible.line(name) + "`; " + hint);
    plugins.problems().forEach(problem -> console.error(Visible.line(problem.toString())));
    return ExitCode.PLUGIN;
  }
}
