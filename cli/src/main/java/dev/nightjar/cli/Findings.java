package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.view.DiagnosticJson;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.DiagnosticPrinter;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.stage.plugin.PluginHost;
import java.util.List;

/**
 * Prints what is wrong with files: for people on standard error, for programs on standard output.
 */
final class Findings {

  private final Console console;
  private final Output output;

  Findings(Console console, Output output) {
    this.console = console;
    this.output = output;
  }

  void print(List<Diagnostic> diagnostics) {
    var printer = new DiagnosticPrinter(console.messages().style().colours());
    for (Diagnostic diagnostic : diagnostics) {
      switch (output) {
        case TEXT -> console.err().print(printer.print(diagnostic));
        case JSON -> console.out().print(DiagnosticJson.of(diagnostic) + "\n");
      }
    }
    console.out().flush();
    console.err().flush();
  }

  /** The exit code, after a word about jars where one of them may be what is missing. */
  int exitCode(Diagnostics diagnostics, PluginHost plugins) {
    if (!diagnostics.hasErrors()) {
      Plugins.warn(plugins, console);
      return ExitCode.SUCCEEDED;
    }
    boolean missesPlugin =
        diagnostics.sorted().stream()
            .anyMatch(
                one -> one.code() == Code.UNKNOWN_PROCESSOR || one.code() == Code.UNMET_PLUGIN);
    if (missesPlugin && !plugins.problems().isEmpty()) {
      plugins.problems().forEach(problem -> console.error(Visible.line(problem.toString())));
      return ExitCode.PLUGIN;
    }
    Plugins.warn(plugins, console);
    return ExitCode.WRONG_WORKFLOW;
  }
}
