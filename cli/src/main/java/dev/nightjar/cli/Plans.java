package dev.nightjar.cli;

import dev.nightjar.cli.display.Style;
import dev.nightjar.daemon.view.PlanJson;
import dev.nightjar.model.Workflow;
import java.util.ArrayList;
import java.util.List;

/** The plans of a workflow's blocks, as they are printed. */
final class Plans {

  private Plans() {}

  /** As text with line ends, or one JSON object on a line. */
  static String print(Workflow workflow, Output output, Style style) {
    return switch (output) {
      case TEXT -> text(workflow, style);
      case JSON -> PlanJson.of(workflow) + "\n";
    };
  }

  private static String text(Workflow workflow, Style style) {
    List<String> lines = new ArrayList<>();
    PlanJson.blocks(workflow)
        .forEach((name, plan) ->
            lines.addAll(PlanText.of(name.equals("steps") ? workflow.name() : name, plan, style)));
    return String.join("\n", lines) + "\n";
  }
}
