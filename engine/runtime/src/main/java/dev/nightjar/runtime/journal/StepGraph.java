package dev.nightjar.runtime.journal;

import dev.nightjar.model.WorkflowOutline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who reads and needs whom in a run, told without any plugin: from the workflow's text, and where
 * that leaves to a processor's declaration who reads whom, from what ran.
 *
 * @param blocks the workflow's own steps first; nested ones behind the block of the step around
 *     them
 */
public record StepGraph(List<Block> blocks) {

  /**
   * Steps of one list.
   *
   * @param name {@code steps}, {@code finally}, {@code cases.fast}
   * @param around the path of the step around them, without items; empty at the top level
   */
  public record Block(String name, String around, List<Node> nodes, List<Edge> edges) {}

  /**
   * A step.
   *
   * @param path without items: {@code each.write}
   */
  public record Node(String path, String id, String uses) {}

  /**
   * A step waits for another.
   *
   * @param reads whether it reads its records, too
   */
  public record Edge(String from, String to, boolean reads) {}

  /** The graph of a run. */
  public static StepGraph of(WorkflowOutline outline, Timeline timeline) {
    var drawing = new Drawing(timeline);
    for (WorkflowOutline.Block block : outline.blocks()) {
      String prefix = block.name().equals("steps") ? "" : block.name() + ".";
      drawing.add(block, prefix, "");
    }
    if (outline.blocks().isEmpty()) {
      drawing.addWhatRan();
    }
    return new StepGraph(List.copyOf(drawing.blocks));
  }

  /** Puts the blocks together. */
  private static final class Drawing {

    private final Timeline timeline;
    private final List<Block> blocks = new ArrayList<>();

    /** By the path of a step, without items, that of the one before it in its stage. */
    private final Map<String, String> before = new HashMap<>();

    private final Set<String> emitters = new HashSet<>();
    private final Set<String> readers = new HashSet<>();

    Drawing(Timeline timeline) {
      this.timeline = timeline;
      for (Timeline.Stage stage : timeline.stages()) {
        List<String> steps = stage.steps();
        for (int i = 1; i < steps.size(); i++) {
          before.put(shape(steps.get(i)), shape(steps.get(i - 1)));
        }
      }
      for (Timeline.Step step : timeline.steps()) {
        if (step.metrics().recordsOut() > 0) {
          emitters.add(shape(step.path()));
        }
        if (step.metrics().recordsIn() > 0) {
          readers.add(shape(step.path()));
        }
      }
    }

    private static String shape(String path) {
      return new StepPath(path).shape();
    }

    void add(WorkflowOutline.Block block, String prefix, String around) {
      List<Node> nodes = new ArrayList<>();
      Map<String, Edge> edges = new LinkedHashMap<>();
      WorkflowOutline.Entry above = null;
      for (WorkflowOutline.Entry step : block.steps()) {
        String path = prefix + step.id();
        String from = reads(step, path, prefix, nodes);
        if (from != null) {
          edges.put(from + " " + path, new Edge(from, path, true));
        }
        for (String need : needs(step, above)) {
          String other = prefix + need;
          edges.putIfAbsent(other + " " + path, new Edge(other, path, false));
        }
        nodes.add(new Node(path, step.id(), step.uses()));
        above = step;
      }
      Set<String> known = new HashSet<>();
      nodes.forEach(node -> known.add(node.path()));
      List<Edge> drawn =
          edges.values().stream().filter(edge -> known.contains(edge.from())).toList();
      blocks.add(new Block(block.name(), around, List.copyOf(nodes), drawn));
      for (WorkflowOutline.Entry step : block.steps()) {
        String path = prefix + step.id();
        for (WorkflowOutline.Block inner : step.blocks()) {
          String name = inner.name().equals("steps") ? "" : inner.name() + ".";
          add(inner, path + "." + name, path);
        }
      }
    }

    private static List<String> needs(
        WorkflowOutline.Entry step, WorkflowOutline.@Nullable Entry above) {
      List<String> written = step.needs();
      return written != null ? written : above == null ? List.of() : List.of(above.id());
    }

    private @Nullable String reads(
        WorkflowOutline.Entry step, String path, String prefix, List<Node> above) {
      String written = step.from();
      if (written != null) {
        return written.equals("none") ? null : prefix + written;
      }
      String inStage = before.get(path);
      if (inStage != null || !readers.contains(path)) {
        return inStage;
      }
      return above.reversed().stream()
          .map(Node::path)
          .filter(emitters::contains)
          .findFirst()
          .orElse(null);
    }

    /** For a run whose text is lost: its steps, and who read whom. */
    void addWhatRan() {
      Map<String, Node> nodes = new LinkedHashMap<>();
      for (Timeline.Step step : timeline.steps()) {
        String path = shape(step.path());
        nodes.putIfAbsent(path, new Node(path, path, step.processor()));
      }
      List<Edge> edges = new ArrayList<>();
      for (String path : nodes.keySet()) {
        String from = before.get(path);
        if (from != null) {
          edges.add(new Edge(from, path, true));
        }
      }
      if (!nodes.isEmpty()) {
        blocks.add(new Block("steps", "", List.copyOf(nodes.values()), List.copyOf(edges)));
      }
    }
  }
}
