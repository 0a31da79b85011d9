package dev.nightjar.cli.display;

import dev.nightjar.daemon.view.LogEntry;
import dev.nightjar.runtime.journal.Event;
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
    LogEntry entry = LogEntry.of(event);
    return entry == null ? null : of(entry);
  }

  /** With what was logged beside the message behind it. */
  public static LogLine of(LogEntry entry) {
    String data = entry.data() == null ? "" : " " + entry.data();
    return new LogLine(entry.at(), entry.level(), entry.step(), entry.message() + data);
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
