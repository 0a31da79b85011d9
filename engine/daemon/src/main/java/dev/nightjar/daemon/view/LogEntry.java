package dev.nightjar.daemon.view;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/**
 * A line of a run's log: what steps have logged, and what the engine has to say beside it.
 *
 * @param step empty for the run
 * @param message one or more lines
 * @param data what a step has logged beside the message; null for nothing
 */
public record LogEntry(
    Instant at, Level level, String step, String message, @Nullable JsonNode data) {

  private LogEntry(Event event, Level level, String step, String message) {
    this(event.at(), level, step, message, null);
  }

  /** The line of an event; null for one that is no matter for a log. */
  public static @Nullable LogEntry of(Event event) {
    return switch (event) {
      case Event.Logged e -> new LogEntry(e.at(), e.level(), e.step(), e.message(), e.data());
      case Event.Warned e -> new LogEntry(e, Level.WARN, e.step(), e.message());
      case Event.AttemptFailed e ->
          new LogEntry(
              e, Level.WARN, e.step(), "attempt " + e.attempt() + " failed: " + text(e.failure()));
      case Event.StepEnded e -> ended(e);
      case Event.RunResumed e -> new LogEntry(e, Level.WARN, "", "resumed by " + e.owner());
      case Event.CancelRequested e -> new LogEntry(e, Level.WARN, "", "cancelled: " + e.reason());
      default -> null;
    };
  }

  /** A step that fails because of one within it passes on a failure that was told. */
  private static @Nullable LogEntry ended(Event.StepEnded e) {
    Failure failure = e.failure();
    return failure == null || !failure.step().equals(e.step())
        ? null
        : new LogEntry(e, Level.ERROR, e.step(), text(failure));
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

  /** Whether it is of a step, or of one within it; of any when there is none to be of. */
  public boolean isOf(@Nullable String path) {
    return path == null
        || step.equals(path)
        || step.startsWith(path + ".")
        || step.startsWith(path + "[");
  }
}
