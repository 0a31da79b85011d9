package dev.nightjar.cli;

import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.yaml.YamlReader;
import dev.nightjar.stage.plugin.PluginHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file that was read, and whose mistakes were printed.
 *
 * @param workflow null when there were any
 * @param text that it was read from; empty when there was none
 * @param exitCode what the process ends with when there were any; 0 else
 */
record LoadedWorkflow(@Nullable Workflow workflow, String text, int exitCode) {

  static LoadedWorkflow read(String name, PluginHost plugins, Console console, Output output) {
    Path file = Plugins.path("FILE", name).toAbsolutePath().normalize();
    var diagnostics = new Diagnostics();
    SourceText source = YamlReader.text(file, name, diagnostics);
    return of(source, file, plugins, diagnostics, new Findings(console, output));
  }

  /**
   * From a text that is remembered.
   *
   * @param file where it lay: its paths start there, and messages say so
   */
  static LoadedWorkflow remembered(
      String text, Path file, PluginHost plugins, Console console, Output output) {
    var source = new SourceText(display(file), text);
    return of(source, file, plugins, new Diagnostics(), new Findings(console, output));
  }

  private static LoadedWorkflow of(
      @Nullable SourceText source,
      Path file,
      PluginHost plugins,
      Diagnostics diagnostics,
      Findings findings) {
    Workflow workflow =
        source == null ? null : WorkflowReader.read(source, file, plugins.catalog(), diagnostics);
    findings.print(diagnostics.sorted());
    return new LoadedWorkflow(
        workflow, source == null ? "" : source.text(), findings.exitCode(diagnostics, plugins));
  }

  /** As a person who stands in the current folder would write it. */
  static String display(Path file) {
    Path current = Path.of("").toAbsolutePath();
    return file.startsWith(current) ? current.relativize(file).toString() : file.toString();
  }

  /** SHA-256 of the text, 64 hexadecimal digits. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
