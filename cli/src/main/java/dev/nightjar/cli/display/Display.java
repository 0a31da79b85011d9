package dev.nightjar.cli.display;

import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Journal;
import java.io.PrintStream;

/** Shows a run: hears its events and, on a terminal, asks how far it is. */
public sealed interface Display extends Journal, AutoCloseable
    permits JsonDisplay, LineDisplay, LiveDisplay {

  /** One event a line. */
  static Display json(PrintStream out) {
    return new JsonDisplay(out);
  }

  /** Lines as things happen, the summary at the end. */
  static Display lines(Sink results, Sink messages, Verbosity verbosity) {
    return new LineDisplay(results, messages, verbosity, true);
  }

  /** Lines as things happen above a view of what runs now, the summary at the end. */
  static Display live(Sink results, Sink messages, Verbosity verbosity, Screen.Source screen) {
    return new LiveDisplay(new LineDisplay(results, messages, verbosity, false), messages, screen);
  }

  /** Tells which run it is, once that has started. */
  default void watch(Run run) {}

  /** Shows a line for the person at the terminal. */
  default void say(String line) {}

  /** Ends what is drawn; to be called before anything else is printed. */
  @Override
  default void close() {}

  /** A stream and what it can show. */
  record Sink(PrintStream stream, Style style) {}
}
