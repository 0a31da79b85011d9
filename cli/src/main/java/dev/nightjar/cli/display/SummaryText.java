package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.runtime.monitor.Summary.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a run did, as people read it at its end. */
final class SummaryText {

  private static final List<String> HEADINGS =
      List.of(
          "step",
          "uses",
          "outcome",
          "in",
          "out",
          "rejected",
          "time",
          "records/s",
          "tries",
          "batch p50",
          "p99",
          "max");
  private static final Set<String> NUMBERS =
      Set.of("in", "out", "rejected", "time", "records/s", "tries", "batch p50", "p99", "max");

  /** What a narrow terminal does without. */
  private static final List<String> DISPENSABLE =
      List.of("max", "p99", "batch p50", "uses", "records/s", "tries", "in");

  /** The names of fields, and where what is told begins. */
  private static final int INDENT = 12;

  private final Style style;
  private final int width;

  SummaryText(Style style) {
    this(style, Integer.MAX_VALUE);
  }

  /**
   * A summary for a terminal.
   *
   * @param width in characters
   */
  SummaryText(Style style, int width) {
    this.style = style;
    this.width = width;
  }

  List<String> lines(String workflow, RunResult result) {
    Summary summary = result.summary();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(steps(summary.steps()));
    lines.add("");
    lines.addAll(field("operations", operations(summary)));
    lines.addAll(field("times", times(summary)));
    if (summary.memory() != null) {
      lines.addAll(memory(summary.memory()));
    }
    summary.rejects().forEach(file -> lines.addAll(rejects(file)));
    for (Map.Entry<String, JsonNode> output : result.outputs().properties()) {
      lines.addAll(field("output", output.getKey() + " = " + text(output.getValue())));
    }
    lines.add("");
    lines.add(
        "%s %s in %s"
            .formatted(
                style.bold(workflow),
                EventText.outcome(result.outcome(), style),
                Figures.duration(summary.took())));
    return lines;
  }

  private List<String> steps(List<StepLine> steps) {
    var table = new Table(HEADINGS, NUMBERS);
    for (StepLine step : steps) {
      row(
          table,
          step.step(),
          step.processor(),
          step.outcome().id(),
          step.metrics(),
          step.batches());
    }
    return table.lines(style, width, DISPENSABLE);
  }

  /** A line for each step of a run that has not ended. */
  List<String> stepsSoFar(List<Timeline.Step> steps) {
    var table = new Table(HEADINGS, NUMBERS);
    for (Timeline.Step step : steps) {
      String outcome = step.outcome() == null ? "" : step.outcome().id();
      row(table, step.path(), step.processor(), outcome, step.metrics(), null);
    }
    return table.lines(style, width, DISPENSABLE);
  }

  private static void row(
      Table table,
      String step,
      String processor,
      String outcome,
      StepMetrics metrics,
      @Nullable Percentiles batches) {
    table.row(
        step,
        processor,
        outcome,
        some(metrics.recordsIn()),
        some(metrics.recordsOut()),
        some(metrics.rejected()),
        // While it goes on nobody has said how long it took.
        metrics.attempts() == 0 || outcome.isEmpty() ? "" : Figures.duration(metrics.took()),
        Figures.rate(Math.max(metrics.recordsIn(), metrics.recordsOut()), metrics.took())
            .replace("/s", ""),
        some(metrics.attempts()),
        batches == null ? "" : Figures.duration(batches.p50()),
        batches == null ? "" : Figures.duration(batches.p99()),
        batches == null ? "" : Figures.duration(batches.max()));
  }

  private static String some(long n) {
    return n == 0 ? "" : Figures.count(n);
  }

  private static String operations(Summary summary) {
    return "%s, %s succeeded, %s failed, success rate %s"
        .formatted(
            Figures.count(summary.operations()),
            Figures.count(summary.succeeded()),
            Figures.count(summary.failed()),
            Figures.percent(summary.successRate()));
  }

  private static String times(Summary summary) {
    Percentiles times = summary.operationTimes();
    String slowest =
        summary.slowest() == null
            ? ""
            : ", slowest %s (%s)"
                .formatted(Figures.duration(summary.slowest().took()), summary.slowest().step());
    return "average %s, total %s%s, p50 %s, p95 %s, p99 %s, max %s"
        .formatted(
            Figures.duration(summary.average()),
            Figures.duration(summary.total()),
            slowest,
            Figures.duration(times.p50()),
            Figures.duration(times.p95()),
            Figures.duration(times.p99()),
            Figures.duration(times.max()));
  }

  /** What the snapshots of memory say. */
  List<String> memory(MemoryLine memory) {
    String text =
        "%s, first %s, last %s, change %s, peak %s, average %s"
            .formatted(
                Figures.counted(memory.count(), "snapshot"),
                Figures.bytes(memory.first()),
                Figures.bytes(memory.last()),
                Figures.change(memory.change()),
                Figures.bytes(memory.peak()),
                Figures.bytes(memory.average()));
    return field("memory", text);
  }

  /** Where rejects are. */
  List<String> rejects(Summary.RejectFile file) {
    String text =
        "%s of `%s` in %s"
            .formatted(
                Figures.counted(file.records(), "record"), file.step(), Visible.line(file.path()));
    return field("rejects", text);
  }

  /** A value on one line. */
  static String text(JsonNode value) {
    return Visible.line(value.isString() ? value.stringValue() : value.toString());
  }

  /** A name and what there is to say, on as many lines as the width asks for. */
  List<String> field(String name, String value) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (String word : value.split(" ", -1)) {
      if (!line.isEmpty() && INDENT + line.length() + 1 + word.length() > width) {
        lines.add((lines.isEmpty() ? heading(name) : " ".repeat(INDENT)) + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add((lines.isEmpty() ? heading(name) : " ".repeat(INDENT)) + line);
    return lines;
  }

  private String heading(String name) {
    return style.dim(String.format("%-" + INDENT + "s", name));
  }
}
