package dev.nightjar.cli.display;

import dev.nightjar.daemon.view.EventJson;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** One event a line, in UTF-8 whatever the locale, each written as it happens. */
final class JsonDisplay implements Display {

  private final PrintStream out;
  private final ReentrantLock lock = new ReentrantLock();

  JsonDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void append(Event event) {
    if (!EventJson.isTold(event)) {
      return;
    }
    byte[] json = json(event);
    lock.lock();
    try {
      out.write(json, 0, json.length);
      out.write('\n');
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** As bytes, where the event is told as it is: no tree is built. */
  private static byte[] json(Event event) {
    return event instanceof Event.TaskCommitted
        ? EventJson.of(event).toString().getBytes(StandardCharsets.UTF_8)
        : EventFormat.bytes(event);
  }
}
