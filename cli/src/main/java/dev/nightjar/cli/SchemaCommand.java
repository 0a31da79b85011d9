package dev.nightjar.cli;

import dev.nightjar.model.options.SchemaWriter;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.List;

/** Writes the JSON Schema of the language, the installed processors' options in it. */
final class SchemaCommand implements Command {

  @Override
  public String name() {
    return "schema";
  }

  @Override
  public String summary() {
    return "Write the JSON Schema of workflow files, for editors.";
  }

  @Override
  public List<Syntax.Option> options() {
    return List.of(Plugins.OPTION);
  }

  @Override
  public int run(Arguments arguments, Console console) {
    try (PluginHost plugins = Plugins.open(arguments, console)) {
      Plugins.warn(plugins, console);
      console.print(SchemaWriter.write(plugins.catalog()).toPrettyString() + "\n");
      return ExitCode.SUCCEEDED;
    }
  }
}
