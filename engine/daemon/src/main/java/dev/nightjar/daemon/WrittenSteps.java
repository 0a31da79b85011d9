package dev.nightjar.daemon;

import dev.nightjar.model.Step;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.yaml.YamlNode;
import dev.nightjar.model.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a file says of each step, wherever it stands in it: tells which steps have changed. */
final class WrittenSteps {

  private final Map<String, JsonNode> byId = new LinkedHashMap<>();

  /**
   * The steps of a file.
   *
   * @param workflow as the text was read
   */
  WrittenSteps(Workflow workflow, String text) {
    var source = new SourceText(workflow.file().toString(), text);
    YamlNode root = YamlReader.read(source, new Diagnostics());
    if (root instanceof YamlNode.Mapping map
        && map.get("steps") instanceof YamlNode.Sequence written) {
      List<Step> steps = workflow.steps();
      for (int i = 0; i < Math.min(steps.size(), written.items().size()); i++) {
        byId.put(steps.get(i).id(), written.items().get(i).json());
      }
    }
  }

  /** Whether both files have the step and say different things of it. */
  boolean differ(WrittenSteps other, String step) {
    JsonNode one = byId.get(step);
    JsonNode two = other.byId.get(step);
    return one != null && two != null && !one.equals(two);
  }
}
