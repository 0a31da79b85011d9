package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/** One event a line, in UTF-8 whatever the locale, each written as it happens. */
final class JsonDisplay implements Display {

  /** What a task leaves for whoever resumes the run: long, and of no use to anybody else. */
  private static final List<String> FOR_RESUMING = List.of("part", "bytes", "counts", "outputs");

  private final PrintStream out;
  private final ReentrantLock lock = new ReentrantLock();

  JsonDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void append(Event event) {
    byte[] json = json(event);
    if (json.length == 0) {
      return;
    }
    lock.lock();
    try {
      out.write(json, 0, json.length);
      out.write('\n');
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing for what is remembered only so that the run can be resumed. */
  private static byte[] json(Event event) {
    return switch (event) {
      case Event.SplitsListed e -> new byte[0];
      case Event.AttemptStarted e -> new byte[0];
      case Event.BodyEnded e -> new byte[0];
      case Event.ItemsEnded e -> new byte[0];
      case Event.TaskCommitted e -> {
        ObjectNode json = EventFormat.write(e);
        json.remove(FOR_RESUMING);
        yield json.toString().getBytes(StandardCharsets.UTF_8);
      }
      default -> EventFormat.bytes(event);
    };
  }
}
