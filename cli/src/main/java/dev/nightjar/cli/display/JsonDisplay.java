package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
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
    byte[] line = (EventJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      out.write(line, 0, line.length);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
