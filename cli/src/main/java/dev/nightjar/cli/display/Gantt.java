package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.StepPath;
import dev.nightjar.runtime.journal.TimeAxis;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.runtime.journal.Timeline.Nested;
import dev.nightjar.runtime.journal.Timeline.Span;
import dev.nightjar.runtime.journal.Timeline.Step;
import dev.nightjar.runtime.journal.Timeline.Try;
import dev.nightjar.runtime.monitor.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** When the steps of a run were at work, drawn with characters: a line each, below one axis. */
final class Gantt {

  /** What may be told of a cell. */
  private enum Mark {
    WORK("█", "#", "at work"),
    WAIT("░", ".", "waited"),
    REUSED("▒", "=", "taken over from an earlier run"),
    FAILED("×", "x", "an attempt failed"),
    GOES_ON("▶", ">", "goes on"),
    CUT("┆", ":", "nobody had the run; not to scale");

    private final String unicode;
    private final String ascii;
    private final String meaning;

    Mark(String unicode, String ascii, String meaning) {
      this.unicode = unicode;
      this.ascii = ascii;
      this.meaning = meaning;
    }
  }

  private static final int LEAST_BAR = 12;
  private static final String GAP = "  ";

  private final Style style;
  private final int width;
  private final boolean unfolded;
  private final Timeline timeline;
  private final TimeAxis axis;
  private final boolean running;
  private final Map<String, Long> nestedByTop = new LinkedHashMap<>();
  private final Map<String, Long> nestedFailures = new LinkedHashMap<>();
  private final Set<Mark> used = EnumSet.noneOf(Mark.class);
  private int bar;
  private int names;

  /**
   * A drawing.
   *
   * @param width in characters, of the whole
   * @param unfolded whether steps within steps have lines of their own
   * @param running whether somebody is at work on it; else what has no end was interrupted
   */
  Gantt(
      Style style, int width, boolean unfolded, Timeline timeline, TimeAxis axis, boolean running) {
    this.style = style;
    this.width = width;
    this.unfolded = unfolded;
    this.timeline = timeline;
    this.axis = axis;
    this.running = running;
  }

  /** The step, what its line is called, and what is said behind its bar. */
  private record Row(@Nullable Step step, String name, String note) {}

  /** The axis, the steps, and what the characters mean. */
  List<String> lines() {
    for (Nested nested : timeline.nested()) {
      String top = new StepPath(nested.path()).top();
      nestedByTop.merge(top, sum(nested.outcomes().values()), Long::sum);
      nestedFailures.merge(top, nested.outcomes().getOrDefault(Outcome.FAILED, 0L), Long::sum);
    }
    List<Row> rows = rows();
    measure(rows);
    List<String> lines = new ArrayList<>(axisLines());
    rows.forEach(row -> lines.add(line(row)));
    if (unfolded && timeline.nestedLeft() > 0) {
      String more = Figures.counted(timeline.nestedLeft(), "further nested step");
      lines.add(style.dim(fit("and " + more, width)));
    }
    lines.addAll(legend());
    return lines;
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Those at the top level as they began, each with what is nested in it right below. */
  private List<Row> rows() {
    Map<String, List<Step>> byTop = new LinkedHashMap<>();
    for (Step step : timeline.steps()) {
      byTop.computeIfAbsent(new StepPath(step.path()).top(), top -> new ArrayList<>()).add(step);
    }
    List<Row> rows = new ArrayList<>();
    if (!timeline.queues().isEmpty()) {
      rows.add(new Row(null, "(queue)", Figures.duration(queued())));
    }
    for (List<Step> family : byTop.values()) {
      for (Step step : family) {
        if (unfolded || step.isTop()) {
          rows.add(new Row(step, name(step), note(step)));
        }
      }
    }
    return rows;
  }

  private Duration queued() {
    Duration waited = Duration.ZERO;
    for (Timeline.Queue queue : timeline.queues()) {
      waited =
          waited.plus(Duration.between(queue.from(), queue.to() == null ? axis.end() : queue.to()));
    }
    return waited;
  }

  private static String name(Step step) {
    var path = new StepPath(step.path());
    String below = Visible.line(step.path().substring(path.top().length()));
    return step.isTop()
        ? Visible.line(step.path())
        : "  ".repeat(Math.max(1, path.depth()))
            + (below.startsWith(".") ? below.substring(1) : below);
  }

  private String note(Step step) {
    List<String> parts = new ArrayList<>();
    if (step.reusedFrom() != null) {
      parts.add(step.reusedFrom().equals("cache") ? "cached" : "reused");
    } else if (step.outcome() == Outcome.SKIPPED || step.outcome() == Outcome.CANCELLED) {
      parts.add(step.outcome().id());
    }
    Span whole = step.whole();
    if (whole != null && step.reusedFrom() == null) {
      parts.add(Figures.duration(worked(step)));
    }
    if (step.outcome() == Outcome.FAILED) {
      parts.add("failed");
    } else if (step.outcome() == null && whole != null) {
      parts.add(running && step.isOpen() ? "so far" : "unfinished");
    }
    if (step.failedAttempts() > 0 && step.outcome() != Outcome.FAILED) {
      long tries = step.failedAttempts();
      parts.add(tries == 1 ? "1 retry" : Figures.count(tries) + " retries");
    }
    nested(step).ifPresent(parts::add);
    if (step.cacheHits() > 0 && step.reusedFrom() == null) {
      parts.add(
          Figures.count(step.cacheHits())
              + " of "
              + Figures.count(step.cacheHits() + step.cacheMisses())
              + " cached");
    }
    return String.join(", ", parts);
  }

  /** How much is folded away under it; items that ended soon have no steps of their own. */
  private Optional<String> nested(Step step) {
    long nested = nestedByTop.getOrDefault(step.path(), 0L);
    if ((nested == 0 && step.bodies() <= 1) || (unfolded && nested > 0)) {
      return Optional.empty();
    }
    long failed = nestedFailures.getOrDefault(step.path(), 0L);
    String what =
        step.bodies() > 1
            ? Figures.counted(step.bodies(), "item")
            : Figures.count(nested) + " nested";
    return Optional.of(failed == 0 ? what : what + " (" + Figures.count(failed) + " failed)");
  }

  private Duration worked(Step step) {
    Duration worked = Duration.ZERO;
    for (Span span : step.spans()) {
      worked =
          worked.plus(Duration.between(span.from(), span.to() == null ? axis.end() : span.to()));
    }
    return worked;
  }

  private void measure(List<Row> rows) {
    int longest = 4;
    int note = 0;
    for (Row row : rows) {
      longest = Math.max(longest, row.name().length());
      note = Math.max(note, row.note().length());
    }
    names = Math.min(longest, Math.max(8, width / 4));
    int notes = Math.min(note, width * 2 / 5);
    bar = Math.max(LEAST_BAR, width - names - GAP.length() - (notes == 0 ? 0 : notes + 1));
  }

  private List<String> axisLines() {
    var labels = new StringBuilder();
    for (TimeAxis.Tick tick : axis.ticks(Math.max(2, bar / 10))) {
      String label = tick.worked().isZero() ? "0" : Figures.duration(tick.worked());
      int at = cell(tick.position());
      if (at >= labels.length() + (labels.isEmpty() ? 0 : 1) && at + label.length() <= bar) {
        labels.append(" ".repeat(at - labels.length())).append(label);
      }
    }
    return List.of(style.dim(" ".repeat(names + GAP.length()) + labels.toString()));
  }

  private int cell(double position) {
    return Math.clamp((int) Math.floor(position * bar), 0, bar - 1);
  }

  private String line(Row row) {
    String name = fit(row.name(), names);
    String note = fit(row.note(), Math.max(0, width - names - GAP.length() - bar - 1));
    Step step = row.step();
    return (name
            + " ".repeat(names - name.length())
            + GAP
            + (step == null ? queueBar() : stepBar(step))
            + " "
            + colour(step).apply(note))
        .stripTrailing();
  }

  private UnaryOperator<String> colour(@Nullable Step step) {
    if (step == null || step.outcome() == Outcome.SKIPPED || step.reusedFrom() != null) {
      return style::dim;
    }
    if (step.outcome() == null) {
      return running ? style::blue : style::yellow;
    }
    return switch (step.outcome()) {
      case SUCCEEDED -> style::green;
      case FAILED -> style::red;
      case CANCELLED, SKIPPED -> style::yellow;
    };
  }

  private String stepBar(Step step) {
    var cells = new Cells();
    Mark kind = step.reusedFrom() == null ? Mark.WORK : Mark.REUSED;
    for (Span span : step.spans()) {
      cells.paint(axis.position(span.from()), axis.position(span.to()), kind);
    }
    for (Try one : step.tries()) {
      if (one.task() == -1 && one.nextIn() != null) {
        cells.paint(axis.position(one.at()), axis.position(one.at().plus(one.nextIn())), Mark.WAIT);
      }
    }
    step.tries().forEach(one -> cells.put(cell(axis.position(one.at())), Mark.FAILED));
    if (running && step.isOpen()) {
      cells.put(bar - 1, Mark.GOES_ON);
    }
    return cells.draw(colour(step));
  }

  private String queueBar() {
    var cells = new Cells();
    for (Timeline.Queue queue : timeline.queues()) {
      cells.paint(axis.position(queue.from()), axis.position(queue.to()), Mark.WAIT);
    }
    return cells.draw(style::dim);
  }

  /** The bar of one line; in halves of characters where there are such. */
  private final class Cells {

    private final @Nullable Mark[] halves = new Mark[2 * bar];
    private final @Nullable Mark[] over = new Mark[bar];

    Cells() {
      for (TimeAxis.Piece piece : axis.pieces()) {
        if (piece.cut()) {
          put(cell((piece.start() + piece.end()) / 2), Mark.CUT);
        }
      }
    }

    void paint(double from, double to, Mark mark) {
      int grain = style.unicode() ? 1 : 2;
      int first = Math.min(halves.length - grain, (int) Math.floor(from * halves.length));
      int last = Math.max(first + 1, (int) Math.round(to * halves.length));
      first -= first % grain;
      for (int i = first; i < Math.min(halves.length, last); i++) {
        halves[i] = mark;
      }
      used.add(mark);
    }

    void put(int cell, Mark mark) {
      over[cell] = mark;
      used.add(mark);
    }

    String draw(UnaryOperator<String> colour) {
      var out = new StringBuilder();
      var same = new StringBuilder();
      for (int cell = 0; cell < bar; cell++) {
        Mark mark = over[cell];
        if (mark == Mark.FAILED || mark == Mark.CUT) {
          out.append(colour.apply(same.toString()));
          out.append(mark == Mark.FAILED ? style.red(sign(mark)) : style.dim(sign(mark)));
          same.setLength(0);
        } else {
          same.append(mark == null ? halves(cell) : sign(mark));
        }
      }
      return out.append(colour.apply(same.toString())).toString();
    }

    private String halves(int cell) {
      Mark left = halves[2 * cell];
      Mark right = halves[2 * cell + 1];
      if (left == right || !style.unicode()) {
        Mark one = left == null ? right : left;
        return one == null ? " " : sign(one);
      }
      if (left == Mark.WORK || right == Mark.WORK) {
        boolean blank = left == null || right == null;
        return !blank ? sign(Mark.WORK) : left == Mark.WORK ? "▌" : "▐";
      }
      Mark other = left == null ? right : left;
      return other == null ? " " : sign(other);
    }
  }

  private String sign(Mark mark) {
    return style.unicode() ? mark.unicode : mark.ascii;
  }

  private List<String> legend() {
    used.remove(Mark.WORK);
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (Mark mark : used) {
      String entry = sign(mark) + " " + mark.meaning;
      if (!line.isEmpty() && line.length() + 3 + entry.length() > width) {
        lines.add(style.dim(line.toString()));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "   ").append(entry);
    }
    if (!line.isEmpty()) {
      lines.add(style.dim(line.toString()));
    }
    return lines;
  }

  private String fit(String text, int room) {
    if (text.length() <= room) {
      return text;
    }
    String end = style.unicode() ? "…" : "~";
    return room <= 0 ? "" : text.substring(0, room - 1) + end;
  }
}
