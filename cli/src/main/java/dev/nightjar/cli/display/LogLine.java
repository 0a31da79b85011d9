package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A line of a run's log: what steps have logged, and what the engine has to say beside it.
 *
 * @param step empty for the run
 * @param message one or more lines
 */
public record LogLine(Instant at, Level level, String step, String message) {

  /** The line of an event; null for one that is no matter for a log. */
  public static @Nullable LogLine of(Event event) {
    return switch (event) {
      case Event.Logged e ->
          new LogLine(
              e.at(),
              e.level(),
              e.step(),
              e.message() + (e.data() == null ? "" : " " + e.data().toString()));
      case Event.Warned e -> new LogLine(e.at(), Level.WARN, e.step(), e.message());
      case Event.AttemptFailed e ->
          new LogLine(
              e.at(),
              Level.WARN,
              e.step(),
              "attempt " + e.attempt() + " failed: " + text(e.failure()));
      case Event.StepEnded e -> ended(e);
      case Event.RunResumed e -> new LogLine(e.at(), Level.WARN, "", "resumed by " + e.owner());
      case Event.CancelRequested e ->
          new LogLine(e.at(), Level.WARN, "", "cancelled: " + e.reason());
      default -> null;
    };
  }

  /** A step that fails because of one within it passes on a failure that was told. */
  private static @Nullable LogLine ended(Event.StepEnded e) {
    Failure failure = e.failure();
    return failure == null || !failure.step().equals(e.step())
        ? null
        : new LogLine(e.at(), Level.ERROR, e.step(), text(failure));
  }

  private static String text(Failure failure) {
    String place = failure.place().isEmpty() ? "" : failure.place() + ": ";
    String trace = failure.trace();
    return place
        + "["
        + failure.code()
        + "] "
        + failure.message()
        + (trace == null ? "" : "\n" + trace.stripTrailing());
  }

  /** {@code 2026-11-20 10:00:00.123 warn clean: hot}; further lines are indented. */
  public String text(Style style, ZoneId zone) {
    String name = "%-5s".formatted(level.name().toLowerCase(Locale.ROOT));
    String painted =
        switch (level) {
          case ERROR -> style.red(name);
          case WARN -> style.yellow(name);
          case INFO, DEBUG, TRACE -> style.dim(name);
        };
    String about = step.isEmpty() ? "" : Visible.line(step) + ": ";
    String text = Visible.lines(message).replace("\n", "\n    ");
    return style.dim(Figures.time(at, zone)) + " " + painted + " " + about + text;
  }
}
