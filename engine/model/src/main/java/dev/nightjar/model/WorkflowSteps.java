package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code steps:} and the lists of steps that run after them. */
final class WorkflowSteps {

  private static final List<String> LISTS = List.of("steps", "on_failure", "on_success", "finally");

  private final Reading reading;
  private final Section top;
  private final Map<String, Type> names;
  private final StepDefaults defaults;
  private final Map<String, List<Step>> lists = new LinkedHashMap<>();
  private Map<String, Type> after;

  WorkflowSteps(Reading reading, Section top, Map<String, Type> names, StepDefaults defaults) {
    this.reading = reading;
    this.top = top;
    this.names = names;
    this.defaults = defaults;
    this.after = names;
  }

  void read() {
    if (top.required("steps", "a list of what to do, each with `uses:`") != null
        && top.items("steps").isEmpty()
        && top.value("steps") instanceof YamlNode.Sequence) {
      reading.error(Code.MISSING_KEY, top.keyPlace("steps"), "a workflow needs at least one step");
    }
    var outlines = new LinkedHashMap<String, List<StepOutline>>();
    outline(top, reading, outlines);
    Set<String> all = new LinkedHashSet<>();
    outlines.values().forEach(list -> addIds(list, all));

    Map<String, Type> visible = Map.of();
    for (String list : LISTS) {
      Map<String, Type> inside = list.equals("on_failure") ? Names.withError(names) : names;
      List<StepOutline> steps = outlines.getOrDefault(list, List.of());
      var block = new BlockReader(reading, defaults, all, steps, inside, visible);
      lists.put(list, block.read());
      if (list.equals("steps")) {
        visible = block.visible();
        after = Names.with(names, "steps", new Type.Fields(visible));
      }
    }
  }

  /** Finds the steps of all lists. */
  static void outline(Section top, Reading reading, Map<String, List<StepOutline>> outlines) {
    var outliner = new Outliner(reading);
    LISTS.forEach(list -> outliner.claim(top.value(list)));
    LISTS.forEach(list -> outlines.put(list, outliner.outline(top.items(list))));
  }

  private static void addIds(List<StepOutline> steps, Set<String> ids) {
    for (StepOutline step : steps) {
      ids.add(step.id());
      step.blocks().forEach(block -> addIds(block.steps(), ids));
    }
  }

  List<Step> main() {
    return lists.getOrDefault("steps", List.of());
  }

  List<Step> onFailure() {
    return lists.getOrDefault("on_failure", List.of());
  }

  List<Step> onSuccess() {
    return lists.getOrDefault("on_success", List.of());
  }

  List<Step> last() {
    return lists.getOrDefault("finally", List.of());
  }

  /** What the run's outputs may use. */
  Map<String, Type> namesAfter() {
    return after;
  }
}
