package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import dev.nightjar.runtime.monitor.Summary.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Style style;

  SummaryText(Style style) {
    this.style = style;
  }

  List<String> lines(String workflow, RunResult result) {
    Summary summary = result.summary();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(steps(summary.steps()));
    lines.add("");
    lines.add(field("operations", operations(summary)));
    lines.add(field("times", times(summary)));
    if (summary.memory() != null) {
      lines.add(field("memory", memory(summary.memory())));
    }
    summary.rejects().forEach(file -> lines.add(field("rejects", rejects(file))));
    for (Map.Entry<String, JsonNode> output : result.outputs().properties()) {
      lines.add(field("output", output.getKey() + " = " + text(output.getValue())));
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
      StepMetrics metrics = step.metrics();
      Percentiles batches = step.batches();
      table.row(
          step.step(),
          step.processor(),
          step.outcome().id(),
          some(metrics.recordsIn()),
          some(metrics.recordsOut()),
          some(metrics.rejected()),
          metrics.attempts() == 0 ? "" : Figures.duration(metrics.took()),
          Figures.rate(Math.max(metrics.recordsIn(), metrics.recordsOut()), metrics.took())
              .replace("/s", ""),
          some(metrics.attempts()),
          batches == null ? "" : Figures.duration(batches.p50()),
          batches == null ? "" : Figures.duration(batches.p99()),
          batches == null ? "" : Figures.duration(batches.max()));
    }
    return table.lines(style);
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

  private static String memory(MemoryLine memory) {
    return "%s, first %s, last %s, change %s, peak %s, average %s"
        .formatted(
            Figures.counted(memory.count(), "snapshot"),
            Figures.bytes(memory.first()),
            Figures.bytes(memory.last()),
            Figures.change(memory.change()),
            Figures.bytes(memory.peak()),
            Figures.bytes(memory.average()));
  }

  private static String rejects(Summary.RejectFile file) {
    return "%s of `%s` in %s"
        .formatted(
            Figures.counted(file.records(), "record"), file.step(), Visible.line(file.path()));
  }

  private static String text(JsonNode value) {
    return Visible.line(value.isString() ? value.stringValue() : value.toString());
  }

  private String field(String name, String value) {
    return style.dim(String.format("%-12s", name)) + value;
  }
}
