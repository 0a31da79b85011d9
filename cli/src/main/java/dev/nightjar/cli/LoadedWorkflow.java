package dev.nightjar.cli;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.stage.plugin.PluginHost;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file that was read, and whose mistakes were printed.
 *
 * @param workflow null when there were any
 * @param exitCode what the process ends with when there were any; 0 else
 */
record LoadedWorkflow(@Nullable Workflow workflow, int exitCode) {

  static LoadedWorkflow read(String name, PluginHost plugins, Console console, Output output) {
    Path file = Plugins.path("FILE", name).toAbsolutePath().normalize();
    var diagnostics = new Diagnostics();
    Workflow workflow = WorkflowReader.read(file, name, plugins.catalog(), diagnostics);
    var findings = new Findings(console, output);
    findings.print(diagnostics.sorted());
    return new LoadedWorkflow(workflow, findings.exitCode(diagnostics, plugins));
  }
}
