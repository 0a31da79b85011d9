package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import java.util.List;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Sets up {@code java.util.logging}, where the logs of PF4J and of plugins' libraries end: one line
 * each on standard error, from WARNING. The log manager makes an instance when the first line is
 * logged; most runs never come to that.
 */
public final class LogLines {

  /** They warn of what strangers send, which is refused and no matter of ours. */
  private static final List<Logger> OF_STRANGERS =
      List.of(
          Logger.getLogger("org.eclipse.jetty.http"),
          Logger.getLogger("org.eclipse.jetty.util.HostPort"));

  /** Called by the log manager alone. */
  public LogLines() {
    var handler = new Lines();
    handler.setLevel(Level.WARNING);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(handler);
    OF_STRANGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  /** As a {@code ConsoleHandler}, whose own formatter looks for services in every jar. */
  private static final class Lines extends StreamHandler {

    Lines() {
      super(System.err, new OneLine());
    }

    @Override
    public synchronized void publish(LogRecord log) {
      super.publish(log);
      flush();
    }

    /** Leaves the stream open. */
    @Override
    public synchronized void close() {
      flush();
    }
  }

  private static final class OneLine extends Formatter {

    @Override
    public String format(LogRecord log) {
      String level = log.getLevel().getName().toLowerCase(Locale.ROOT);
      String line = level + ": " + log.getLoggerName() + ": " + formatMessage(log);
      Throwable thrown = log.getThrown();
      return Visible.line(thrown == null ? line : line + ": " + firstLine(thrown)) + "\n";
    }

    private static String firstLine(Throwable thrown) {
      return thrown.toString().lines().findFirst().orElse("");
    }
  }
}
