package dev.nightjar.daemon.folder;

import dev.nightjar.daemon.folder.ServedWorkflow.Version;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.stage.plugin.TestJar;
import dev.nightjar.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of workflows and one of plugins, looked at by hand. */
abstract class WithWorkflows {

  @TempDir Path temp;
  final ManualClock clock = new ManualClock();
  Path flows;
  Path jars;
  PluginGenerations plugins;
  WorkflowFolder folder;

  @BeforeEach
  void open() throws IOException {
    flows = Files.createDirectory(temp.resolve("flows"));
    jars = Files.createDirectory(temp.resolve("plugins"));
    plugin("hello", "hello.greet");
    plugins = PluginGenerations.open(jars, temp.resolve("work/plugins"));
    restart();
  }

  @AfterEach
  void close() {
    plugins.close();
  }

  void restart() {
    folder = new WorkflowFolder(flows, temp.resolve("work/served"), clock);
  }

  /** The changes, each as its kind and the file below the folder. */
  List<String> look() {
    return folder.look(plugins.current()).stream()
        .map(change ->
            change.getClass().getSimpleName()
                + " "
                + flows.toAbsolutePath().relativize(change.workflow().file()))
        .toList();
  }

  List<String> settle() {
    List<String> changes = new ArrayList<>(look());
    changes.addAll(look());
    return changes;
  }

  void settlePlugins() {
    plugins.look();
    plugins.look();
  }

  void plugin(String id, String processor) throws IOException {
    TestJar.plugin(id, Map.of(processor, "not.There")).write(jars.resolve(id + ".jar"));
  }

  void write(String name, String text) throws IOException {
    Files.writeString(flows.resolve(name), text);
  }

  static String flow(String name) {
    return "name: " + name + "\nsteps:\n  - uses: hello.greet\n";
  }

  ServedWorkflow found(String name) {
    return Objects.requireNonNull(folder.find(name));
  }

  static Version inForce(ServedWorkflow workflow) {
    return Objects.requireNonNull(workflow.inForce());
  }

  static List<String> messages(ServedWorkflow workflow) {
    return workflow.diagnostics().stream().map(Diagnostic::message).toList();
  }
}
