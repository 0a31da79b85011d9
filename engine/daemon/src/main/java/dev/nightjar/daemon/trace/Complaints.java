package dev.nightjar.daemon.trace;

import dev.nightjar.daemon.Notice;
import dev.nightjar.stage.Surroundings;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Tells what is wrong with the export of traces, the library's own warnings among it: one line, and
 * the next one after a while. While it is open the library logs nowhere else.
 */
final class Complaints extends Handler {

  /** A collector that is away for a night makes a hundred lines. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private final Surroundings surroundings;
  private final Consumer<Notice> log;
  private final Logger library = Logger.getLogger("io.opentelemetry");
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** Since the last line. */
  private long untold;

  private long nextDue;

  Complaints(Surroundings surroundings, Consumer<Notice> log) {
    this.surroundings = surroundings;
    this.log = log;
    nextDue = surroundings.nanos().getAsLong();
    setLevel(Level.WARNING);
    library.setUseParentHandlers(false);
    library.addHandler(this);
  }

  @Override
  public void publish(LogRecord logged) {
    if (isLoggable(logged)) {
      String message = formatter.formatMessage(logged);
      Throwable thrown = logged.getThrown();
      tell(thrown == null ? message : message + " " + innermost(thrown));
    }
  }

  /** Why the connection failed; those around it say that a request did. */
  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Says that traces are lost, and why; nothing when that was said a moment ago. */
  void tell(String why) {
    String line;
    synchronized (this) {
      long now = surroundings.nanos().getAsLong();
      if (now - nextDue < 0) {
        untold++;
        return;
      }
      nextDue = now + QUIET.toNanos();
      String more = untold == 0 ? "" : " (and %d times before)".formatted(untold);
      untold = 0;
      line = "traces are lost: " + why.lines().findFirst().orElse("") + more;
    }
    log.accept(new Notice(surroundings.clock().instant(), Notice.Level.WARNING, line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    library.removeHandler(this);
    library.setUseParentHandlers(true);
  }
}
