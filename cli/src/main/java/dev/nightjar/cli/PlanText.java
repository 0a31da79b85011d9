package dev.nightjar.cli;

import dev.nightjar.cli.display.Figures;
import dev.nightjar.cli.display.Style;
import dev.nightjar.cli.display.Visible;
import dev.nightjar.model.Step;
import dev.nightjar.runtime.plan.Plan;
import dev.nightjar.runtime.plan.Plan.Single;
import dev.nightjar.runtime.plan.Plan.Stage;
import dev.nightjar.runtime.plan.Plan.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as people read it. */
final class PlanText {

  private final Style style;
  private final List<String> lines = new ArrayList<>();

  private PlanText(Style style) {
    this.style = style;
  }

  /** The lines of a block of steps; none when it is empty. */
  static List<String> of(String heading, Plan plan, Style style) {
    if (plan.units().isEmpty()) {
      return List.of();
    }
    var text = new PlanText(style);
    text.lines.add(style.bold(heading));
    text.append(plan, "  ");
    return text.lines;
  }

  private void append(Plan plan, String indent) {
    int number = 0;
    for (Unit unit : plan.units()) {
      number++;
      switch (unit) {
        case Stage stage -> append(stage, indent, number);
        case Single single -> append(single, indent, number);
      }
    }
  }

  private void append(Stage stage, String indent, int number) {
    String tasks = stage.single() ? "one task" : "a task for each part of the source";
    lines.add(indent + number + ". " + style.bold("stage") + ", " + tasks);
    stage.steps().forEach(step -> lines.add(indent + "     " + named(step)));
    if (stage.cache() != null) {
      String pieces = stage.single() ? "" : ", split by split";
      lines.add(indent + "     = the cache keeps what it emits" + pieces);
    }
    notes(indent, stage.cut(), stage.reads(), stage.keeps(), stage.needs());
  }

  private void append(Single single, String indent, int number) {
    lines.add(indent + number + ". " + style.bold("step"));
    lines.add(indent + "     " + named(single.step()));
    notes(indent, null, single.reads(), single.keeps(), single.needs());
    single
        .blocks()
        .forEach((name, plan) -> {
          lines.add(indent + "     " + name + ":");
          append(plan, indent + "       ");
        });
  }

  private String named(Step step) {
    return step.id() + "  " + style.dim(step.processor().name());
  }

  private void notes(
      String indent,
      @Nullable String cut,
      @Nullable String reads,
      boolean keeps,
      List<String> needs) {
    String margin = indent + "     = ";
    if (cut != null) {
      lines.add(margin + "cut here: " + Visible.line(cut));
    }
    if (reads != null) {
      lines.add(margin + "reads the records of `" + reads + "` from disk");
    }
    if (keeps) {
      lines.add(margin + "its records wait on disk");
    }
    if (!needs.isEmpty()) {
      lines.add(margin + "after " + String.join(", ", needs));
    }
  }

  /** {@code 6 steps in 3 units}. */
  static String size(Plan plan) {
    int steps = plan.units().stream().mapToInt(unit -> unit.steps().size()).sum();
    long stages = plan.units().stream().filter(Stage.class::isInstance).count();
    return Figures.counted(steps, "step") + ", " + Figures.counted(stages, "stage");
  }
}
