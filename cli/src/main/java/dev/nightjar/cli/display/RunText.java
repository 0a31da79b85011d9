package dev.nightjar.cli.display;

import dev.nightjar.daemon.view.Timelines;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.TimeAxis;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.journal.Timeline.Step;
import dev.nightjar.runtime.monitor.Summary.MemoryLine;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.store.StoredRun;
import dev.nightjar.store.StoredRun.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A remembered run as people read it: what it was, when its steps ran, how it ended. */
public final class RunText {

  /** Further ones are left to the page that {@code runs export} writes. */
  private static final int FAILURES = 20;

  private static final int WARNINGS = 10;

  private final Style style;
  private final int width;
  private final int tableWidth;
  private final boolean unfolded;

  /**
   * A text.
   *
   * @param columns of the terminal; 0 where there is none and lines may be long
   * @param unfolded whether steps within steps are shown, too
   */
  public RunText(Style style, int columns, boolean unfolded) {
    this.style = style;
    this.width = columns == 0 ? Screen.DEFAULT.columns() : columns;
    this.tableWidth = columns == 0 ? Integer.MAX_VALUE : columns;
    this.unfolded = unfolded;
  }

  /**
   * The lines, without line ends.
   *
   * @param run what the store says of it
   */
  public List<String> lines(Timeline timeline, StoredRun run, Instant now) {
    Event.RunStarted started = timeline.started();
    if (started == null) {
      return List.of(notBegun(timeline));
    }
    State state = run.state();
    var axis = Timelines.axis(timeline, state, now);
    List<String> lines = new ArrayList<>(header(timeline, started, run, axis));
    if (!timeline.steps().isEmpty()) {
      lines.add("");
      boolean running = state == State.RUNNING || state == State.QUEUED;
      lines.addAll(new Gantt(style, width, unfolded, timeline, axis, running).lines());
    }
    lines.addAll(failures(timeline));
    lines.addAll(warnings(timeline));
    lines.addAll(summary(timeline, started, state));
    return lines;
  }

  private static String notBegun(Timeline timeline) {
    if (timeline.queues().isEmpty()) {
      return "this run has not begun yet";
    }
    Timeline.Queue queue = timeline.queues().getLast();
    return "this run waits for its turn in `%s`, behind %s"
        .formatted(Visible.line(queue.pool()), Visible.line(String.join(", ", queue.behind())));
  }

  private List<String> header(
      Timeline timeline, Event.RunStarted started, StoredRun run, TimeAxis axis) {
    var text = new SummaryText(style, width);
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(started.workflow())
            + style.dim("  run ")
            + started.run()
            + "  "
            + ending(timeline, run.state()));
    lines.addAll(text.field("file", Visible.line(started.file())));
    lines.addAll(text.field("when", when(timeline, axis)));
    String by = started.trigger().path("by").asString("hand");
    lines.addAll(text.field("started by", Visible.line(by)));
    for (Map.Entry<String, JsonNode> input : started.inputs().entrySet()) {
      String value = input.getKey() + " = " + SummaryText.text(input.getValue());
      lines.addAll(text.field("input", Visible.line(value)));
    }
    Event.Rerun rerun = started.rerun();
    if (rerun != null) {
      String from = rerun.from() == null ? "" : ", from `" + rerun.from() + "` on";
      lines.addAll(text.field("rerun of", rerun.run() + from));
    }
    for (Timeline.Pause pause : timeline.pauses()) {
      String gone = Figures.duration(Duration.between(pause.from(), pause.to()));
      lines.addAll(
          text.field(
              "resumed",
              time(pause.to()) + " by " + Visible.line(pause.owner()) + ", after " + gone));
    }
    for (Event.CancelRequested cancel : timeline.cancels()) {
      lines.addAll(
          text.field("cancelled", time(cancel.at()) + ": " + Visible.line(cancel.reason())));
    }
    if (run.owner() != null && run.state() != State.ENDED) {
      lines.addAll(text.field("owner", Visible.line(run.owner())));
    }
    return lines;
  }

  private String ending(Timeline timeline, State state) {
    Event.RunEnded ended = timeline.ended();
    if (ended != null) {
      return EventText.outcome(ended.result().outcome(), style);
    }
    return switch (state) {
      case QUEUED -> style.blue("waits for its turn");
      case RUNNING -> style.blue("running");
      case UNFINISHED -> style.yellow("unfinished");
      case ENDED -> style.dim("ended");
    };
  }

  private static String when(Timeline timeline, TimeAxis axis) {
    Event.RunEnded ended = timeline.ended();
    String took =
        Figures.duration(
            ended == null
                ? Duration.between(axis.start(), axis.end())
                : ended.result().summary().took());
    return time(axis.start())
        + (ended == null ? ", " + took + " so far" : " to " + time(ended.at()) + ", " + took);
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The run's own first; each told once, however many steps passed it on. */
  private List<String> failures(Timeline timeline) {
    Set<String> told = new HashSet<>();
    List<Failure> failures = new ArrayList<>();
    Event.RunEnded ended = timeline.ended();
    if (ended != null) {
      add(failures, told, ended.result().failure());
    }
    timeline.steps().stream().map(Step::failure).forEach(one -> add(failures, told, one));
    List<String> lines = new ArrayList<>();
    var text = new EventText(Verbosity.NORMAL, style);
    for (Failure failure : failures.subList(0, Math.min(FAILURES, failures.size()))) {
      lines.add("");
      lines.addAll(text.failure(failure));
    }
    if (failures.size() > FAILURES) {
      lines.add("");
      lines.add(style.dim("and " + Figures.counted(failures.size() - FAILURES, "further failure")));
    }
    return lines;
  }

  private static void add(List<Failure> failures, Set<String> told, @Nullable Failure failure) {
    if (failure != null && told.add(failure.step() + "\n" + failure.message())) {
      failures.add(failure);
    }
  }

  private List<String> warnings(Timeline timeline) {
    List<String> lines = new ArrayList<>();
    for (Event.Warned warned : timeline.warnings().stream().limit(WARNINGS).toList()) {
      if (lines.isEmpty()) {
        lines.add("");
      }
      lines.add(style.yellow("warning: ") + warned.step() + ": " + Visible.line(warned.message()));
    }
    return lines;
  }

  private List<String> summary(Timeline timeline, Event.RunStarted started, State state) {
    Event.RunEnded ended = timeline.ended();
    var text = new SummaryText(style, tableWidth);
    if (ended != null) {
      return text.lines(started.workflow(), ended.result());
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(text.stepsSoFar(timeline.steps().stream().filter(Step::isTop).toList()));
    List<String> more = new ArrayList<>();
    MemoryLine memory = Timelines.memory(timeline);
    if (memory != null) {
      more.addAll(text.memory(memory));
    }
    for (RejectFile file : timeline.rejects()) {
      more.addAll(text.rejects(file));
    }
    if (!more.isEmpty()) {
      lines.add("");
      lines.addAll(more);
    }
    if (state == State.UNFINISHED) {
      lines.add("");
      lines.add(
          "nobody works on this run; `nightjar resume " + started.run() + "` goes on with it");
    }
    return lines;
  }
}
