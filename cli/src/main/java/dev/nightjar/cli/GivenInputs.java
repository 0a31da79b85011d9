package dev.nightjar.cli;

import dev.nightjar.model.InputBinder;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The inputs that were typed, and those in a file. */
final class GivenInputs {

  private GivenInputs() {}

  /** The values of all inputs; null when something is wrong with them, which was printed. */
  static InputBinder.@Nullable Bound bind(
      Workflow workflow, Arguments arguments, Console console, Output output) {
    var diagnostics = new Diagnostics();
    YamlNode values = null;
    String file = arguments.text("--inputs");
    if (file != null) {
      values = YamlReader.read(Plugins.path("--inputs", file), file, diagnostics);
    }
    InputBinder.Bound bound = null;
    if (!diagnostics.hasErrors()) {
      Path current = Path.of("").toAbsolutePath();
      bound = InputBinder.bind(workflow, values, arguments.texts("--input"), current, diagnostics);
    }
    new Findings(console, output).print(diagnostics.sorted());
    return bound;
  }
}
