package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.Level;

/** Events as people read them: none, one or a few lines each. */
final class EventText {

  private final Verbosity verbosity;
  private final Style style;

  EventText(Verbosity verbosity, Style style) {
    this.verbosity = verbosity;
    this.style = style;
  }

  /** The lines of an event, without line ends; none when the verbosity leaves it out. */
  List<String> lines(Event event) {
    return switch (event) {
      case Event.AttemptFailed e -> attemptFailed(e);
      case Event.StepEnded e when e.failure() != null -> failure(e.failure());
      case Event.Warned e -> normal(style.yellow("warning: ") + about(e.step(), e.message()));
      case Event.Logged e -> logged(e);
      case Event.RunStarted e -> normal(style.bold(e.workflow()) + style.dim("  run " + e.run()));
      case Event.StepStarted e ->
          normal(mark("…", ".") + " " + e.step() + style.dim("  " + e.processor() + " started"));
      case Event.StepEnded e -> verbosity == Verbosity.QUIET ? List.of() : normal(ended(e));
      case Event.StageStarted e -> verbose(stage(e));
      case Event.TaskCommitted e ->
          verbose(
              "stage %s: task %d committed, %s in %s"
                  .formatted(
                      e.stage(),
                      e.task(),
                      Figures.counted(e.records(), "record"),
                      Figures.duration(e.took())));
      case Event.Measured e ->
          verbose(
              about(
                  e.step(),
                  e.series() + " " + e.measurement().label() + " " + e.measurement().values()));
      case Event.RunResumed e ->
          normal(style.bold("resumed") + style.dim("  by " + Visible.line(e.owner())));
      case Event.RunQueued e -> normal(queued(e));
      case Event.CancelRequested e ->
          normal(style.yellow("cancelled: ") + Visible.line(e.reason()));
      case Event.CacheAsked e -> cache(e);
      case Event.StepReused e ->
          normal(
              style.green(mark("✓", "+"))
                  + " "
                  + e.step()
                  + style.dim(
                      "  "
                          + (e.from().equals("cache")
                              ? "from the cache"
                              : "as in run " + e.from())));
      case Event.StepResolved e ->
          normal(
              e.step()
                  + (e.succeeded()
                      ? ": somebody says that it has done its work"
                      : ": somebody says that it is to be done again"));
      // What follows from these is told when it happens, or matters only to whoever resumes the
      // run.
      case Event.RunAdmitted e -> List.of();
      case Event.SplitsListed e -> List.of();
      case Event.StageCommitted e -> List.of();
      case Event.AttemptStarted e -> List.of();
      case Event.BodyEnded e -> List.of();
      case Event.ItemsEnded e -> List.of();
      case Event.RunEnded e -> List.of();
    };
  }

  private List<String> normal(String line) {
    return verbosity == Verbosity.QUIET ? List.of() : List.of(line);
  }

  private List<String> verbose(String line) {
    return verbosity == Verbosity.VERBOSE ? List.of(style.dim(line)) : List.of();
  }

  private static String about(String step, String message) {
    return step.isEmpty() ? Visible.line(message) : step + ": " + Visible.line(message);
  }

  private String mark(String unicode, String ascii) {
    return style.unicode() ? unicode : ascii;
  }

  private String stage(Event.StageStarted e) {
    String size = e.bytes() < 0 ? "" : " over " + Figures.bytes(e.bytes());
    return "stage "
        + String.join(" > ", e.steps())
        + ": "
        + Figures.counted(e.tasks(), "task")
        + size;
  }

  private String queued(Event.RunQueued e) {
    return style.yellow("waiting: ")
        + "at most "
        + Figures.counted(e.limit(), "run")
        + " of `"
        + Visible.line(e.pool())
        + "` at once; behind "
        + String.join(", ", e.behind());
  }

  private List<String> cache(Event.CacheAsked e) {
    if (e.hits() + e.misses() == 0) {
      return List.of();
    }
    String hits = Figures.count(e.hits()) + " of " + Figures.count(e.hits() + e.misses());
    List<String> lines = new ArrayList<>(normal(e.step() + ": " + hits + " from the cache"));
    e.why()
        .forEach(miss -> lines.addAll(verbose("  not in the cache: " + Visible.line(miss.text()))));
    return lines;
  }

  private List<String> attemptFailed(Event.AttemptFailed e) {
    if (e.nextIn() == null) {
      return List.of();
    }
    String task = e.task() < 0 ? "" : ", task " + e.task();
    var lines =
        new ArrayList<>(
            message(style.yellow("attempt " + e.attempt() + " failed"), e.failure(), task));
    lines.add("    = attempt " + (e.attempt() + 1) + " in " + Figures.duration(e.nextIn()));
    return verbosity == Verbosity.QUIET ? List.of() : lines;
  }

  /** A failure that ended a step: shown whatever the verbosity. */
  List<String> failure(Failure failure) {
    var lines = new ArrayList<>(message(style.red("error[" + failure.code() + "]"), failure, ""));
    String trace = failure.trace();
    if (trace != null) {
      Visible.lines(trace).lines().map(line -> style.dim("    " + line)).forEach(lines::add);
    }
    return lines;
  }

  /** Why a run was left out. */
  List<String> skipped(Failure why) {
    return verbosity == Verbosity.QUIET ? List.of() : message(style.yellow("skipped"), why, "");
  }

  private static List<String> message(String severity, Failure failure, String detail) {
    List<String> lines = new ArrayList<>();
    String place = failure.place().isEmpty() ? "" : Visible.line(failure.place()) + ": ";
    String step = failure.step().isEmpty() ? "" : "step `" + failure.step() + "`" + detail + ": ";
    for (String line : Visible.lines(failure.message()).split("\n", -1)) {
      lines.add(lines.isEmpty() ? place + severity + ": " + step + line : "    " + line);
    }
    return lines;
  }

  private List<String> logged(Event.Logged e) {
    boolean shown =
        switch (verbosity) {
          case QUIET -> false;
          case NORMAL -> e.level().toInt() >= Level.INFO.toInt();
          case VERBOSE -> true;
        };
    if (!shown) {
      return List.of();
    }
    String level = e.level().name().toLowerCase(Locale.ROOT);
    String painted =
        switch (e.level()) {
          case ERROR -> style.red(level);
          case WARN -> style.yellow(level);
          case INFO, DEBUG, TRACE -> style.dim(level);
        };
    String data = e.data() == null ? "" : " " + Visible.line(e.data().toString());
    return List.of(painted + " " + about(e.step(), e.message()) + data);
  }

  private String ended(Event.StepEnded e) {
    String reason = e.reason() == null ? "" : ": " + Visible.line(e.reason());
    return switch (e.outcome()) {
      case SUCCEEDED -> style.green(mark("✓", "+")) + " " + e.step() + done(e.metrics());
      case FAILED -> style.red(mark("✗", "!")) + " " + e.step() + " failed" + reason;
      case CANCELLED, SKIPPED -> style.dim("- " + e.step() + " " + e.outcome().id() + reason);
    };
  }

  private String done(StepMetrics metrics) {
    List<String> parts = new ArrayList<>();
    if (metrics.recordsIn() > 0 || metrics.recordsOut() > 0) {
      parts.add(
          metrics.recordsOut() > 0
              ? Figures.counted(metrics.recordsOut(), "record")
              : Figures.counted(metrics.recordsIn(), "record") + " read");
    }
    if (metrics.rejected() > 0) {
      parts.add(style.yellow(Figures.count(metrics.rejected()) + " rejected"));
    }
    if (metrics.attempts() > 1 && metrics.failedAttempts() > 0) {
      parts.add(Figures.counted(metrics.failedAttempts(), "failed attempt"));
    }
    parts.add(Figures.duration(metrics.took()));
    return "  " + String.join(", ", parts);
  }

  /** How a run ended, in a word and a colour. */
  static String outcome(Outcome outcome, Style style) {
    return switch (outcome) {
      case SUCCEEDED -> style.green(outcome.id());
      case FAILED -> style.red(outcome.id());
      case CANCELLED, SKIPPED -> style.yellow(outcome.id());
    };
  }
}
