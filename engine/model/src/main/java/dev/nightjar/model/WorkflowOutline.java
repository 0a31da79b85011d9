package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a workflow as they are written, read without any plugin: for showing a run whose
 * plugins are gone. Mistakes are passed over, whatever can be read is there.
 *
 * @param blocks {@code steps} first, then what runs after; those that are there
 */
public record WorkflowOutline(List<Block> blocks) {

  /** A list of steps: {@code steps}, {@code finally}, {@code else}, {@code cases.fast}. */
  public record Block(String name, List<Entry> steps) {}

  /**
   * One step.
   *
   * @param uses the processor's name; empty when there is none
   * @param from the step whose records it says it reads, or {@code none}; null when it says nothing
   * @param needs null when it says nothing
   */
  public record Entry(
      String id,
      String uses,
      @Nullable String from,
      @Nullable List<String> needs,
      List<Block> blocks) {}

  /** Reads a workflow's text; no blocks when it is none. */
  public static WorkflowOutline read(SourceText source) {
    var ignored = new Diagnostics();
    YamlNode root = YamlReader.read(source, ignored);
    var nothing = new Catalog(List.of());
    var reading = new Reading(Path.of(""), nothing, Map.of(), ignored);
    Section top = root == null ? null : Section.of(root, "a workflow", reading);
    if (top == null) {
      return new WorkflowOutline(List.of());
    }
    Map<String, List<StepOutline>> lists = new LinkedHashMap<>();
    WorkflowSteps.outline(top, reading, lists);
    List<Block> blocks = new ArrayList<>();
    lists.forEach((name, steps) -> {
      if (!steps.isEmpty()) {
        blocks.add(new Block(name, entries(steps)));
      }
    });
    return new WorkflowOutline(List.copyOf(blocks));
  }

  private static List<Entry> entries(List<StepOutline> steps) {
    return steps.stream().map(WorkflowOutline::entry).toList();
  }

  private static Entry entry(StepOutline step) {
    Section section = step.section();
    YamlNode.Scalar from = section.scalar("from", "a step");
    List<String> needs =
        section.has("needs")
            ? section.names("needs").stream().map(YamlNode.Scalar::text).toList()
            : null;
    List<Block> blocks =
        step.blocks().stream()
            .map(block -> new Block(block.name(), entries(block.steps())))
            .toList();
    return new Entry(step.id(), step.uses(), from == null ? null : from.text(), needs, blocks);
  }
}
