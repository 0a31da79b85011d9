package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.Durations;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Reads workflow files. */
public final class WorkflowReader {

  private WorkflowReader() {}

  /**
   * Reads and checks one file.
   *
   * @param display the file's name in messages
   * @return null when there are mistakes, which are then noted
   */
  public static @Nullable Workflow read(
      Path file, String display, Catalog catalog, Diagnostics diagnostics) {
    YamlNode root = YamlReader.read(file, display, diagnostics);
    return root == null ? null : read(root, file, catalog, diagnostics);
  }

  /**
   * Reads and checks a file that is at hand as text, as an editor has it.
   *
   * @param file where it lies, or would: its paths start there
   * @return null when there are mistakes, which are then noted
   */
  public static @Nullable Workflow read(
      SourceText source, Path file, Catalog catalog, Diagnostics diagnostics) {
    YamlNode root = YamlReader.read(source, diagnostics);
    return root == null ? null : read(root, file, catalog, diagnostics);
  }

  private static @Nullable Workflow read(
      YamlNode root, Path file, Catalog catalog, Diagnostics diagnostics) {
    Path absolute = file.toAbsolutePath().normalize();
    var reading = new Reading(absolute, catalog, new LinkedHashMap<>(Durations.NAMED), diagnostics);
    Section top = Section.of(root, "a workflow", reading);
    Workflow workflow = top == null ? null : new WorkflowFile(reading, top).read();
    return diagnostics.hasErrors() ? null : workflow;
  }
}
