package dev.nightjar.cli;

import dev.nightjar.cli.display.Table;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists the processors that are installed. */
final class PluginsListCommand implements Command {

  @Override
  public String name() {
    return "plugins list";
  }

  @Override
  public String summary() {
    return "List the installed processors.";
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Plugins.OPTION, Output.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    Output output = Output.of(arguments);
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      switch (output) {
        case TEXT -> printTable(plugins, console);
        case JSON -> printJson(plugins, console);
      }
      plugins.problems().forEach(problem -> console.error(Visible.line(problem.toString())));
      return plugins.problems().isEmpty() ? ExitCode.SUCCEEDED : ExitCode.PLUGIN;
    }
  }

  private static void printTable(PluginHost plugins, Console console) {
    var table = new Table(List.of("processor", "plugin", "version", "what it does"), Set.of());
    for (PluginDeclaration plugin : plugins.catalog().plugins()) {
      for (ProcessorDeclaration processor : plugin.processors()) {
        table.row(
            processor.name(), plugin.id(), plugin.version(), Visible.line(processor.summary()));
      }
    }
    for (String line : table.lines(console.results().style())) {
      console.print(line + "\n");
    }
  }

  private static void printJson(PluginHost plugins, Console console) {
    for (PluginDeclaration plugin : plugins.catalog().plugins()) {
      ObjectNode json =
          JsonNodeFactory.instance
              .objectNode()
              .put("plugin", plugin.id())
              .put("version", plugin.version())
              .put("description", plugin.description())
              .put("jar", String.valueOf(plugins.jar(plugin.id())));
      ArrayNode processors = json.putArray("processors");
      plugin
          .processors()
          .forEach(
              one -> processors.addObject().put("name", one.name()).put("summary", one.summary()));
      console.print(json + "\n");
    }
  }
}
