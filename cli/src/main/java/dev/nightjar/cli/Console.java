package dev.nightjar.cli;

import dev.nightjar.cli.display.Display;
import dev.nightjar.cli.display.Style;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command talks to.
 *
 * @param out results
 * @param err whatever else there is to say
 * @param properties what the launcher found out: {@code nightjar.terminal} names the streams that
 *     are terminals, {@code nightjar.unicode}, {@code nightjar.plugins}; and of Java's {@code
 *     os.name} and {@code user.home}
 * @param ownsProcess whether signals to the process are this command's
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Map<String, String> properties,
    boolean ownsProcess) {

  /** A stream and what it can show. */
  Display.Sink results() {
    return new Display.Sink(out, style("out"));
  }

  Display.Sink messages() {
    return new Display.Sink(err, style("err"));
  }

  /** Whether what is drawn on {@link #err} can be drawn over. */
  boolean isLive() {
    return isTerminal("err") && !isDumb();
  }

  /** Whether results are read on a terminal, which has a width. */
  boolean isScreen() {
    return isTerminal("out");
  }

  /** Prints a line that says what is wrong. */
  void error(String message) {
    err.print(messages().style().red("error: ") + message + "\n");
    err.flush();
  }

  /** Prints a line about something that stops nothing. */
  void warning(String message) {
    err.print(messages().style().yellow("warning: ") + message + "\n");
    err.flush();
  }

  /** Prints a line for the person who waits, which is no result. */
  void say(String message) {
    err.print(message + "\n");
    err.flush();
  }

  /** Prints a result, line ends included. */
  void print(String text) {
    out.print(text);
    out.flush();
  }

  private Style style(String stream) {
    boolean colours =
        isTerminal(stream) && !isDumb() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = Boolean.parseBoolean(properties.getOrDefault("nightjar.unicode", "false"));
    return new Style(colours, unicode);
  }

  private boolean isTerminal(String stream) {
    return properties.getOrDefault("nightjar.terminal", "").contains(stream);
  }

  private boolean isDumb() {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
