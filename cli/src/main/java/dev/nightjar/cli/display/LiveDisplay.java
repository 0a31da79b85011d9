package dev.nightjar.cli.display;

import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.StepProgress;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines that scroll above a view of what runs now. The view is drawn by a platform thread: steps
 * that hold every carrier must not make it stand still. The cursor stays visible, so that nothing
 * needs mending when the process is killed.
 */
final class LiveDisplay implements Display {

  /** Smooth to the eye, nothing to the machine. */
  private static final long PERIOD_NANOS = 100_000_000;

  private static final String ERASE_BELOW = "\u001b[J";

  private final LineDisplay lines;
  private final Sink sink;
  private final Screen.Source screen;
  private final LiveView view;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private int drawn;
  private boolean closed;
  private @Nullable Thread drawer;

  LiveDisplay(LineDisplay lines, Sink sink, Screen.Source screen) {
    this.lines = lines;
    this.sink = sink;
    this.screen = screen;
    this.view = new LiveView(sink.style());
  }

  @Override
  public void append(Event event) {
    lock.lock();
    try {
      erase();
      lines.append(event);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void say(String line) {
    lock.lock();
    try {
      erase();
      lines.say(line);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void watch(Run run) {
    drawer = Thread.ofPlatform().daemon().name("nightjar-view").start(() -> draw(run));
  }

  private void draw(Run run) {
    boolean goOn = true;
    while (goOn) {
      // Asked outside of the lock: the engine may hold one of its own while it appends an event.
      List<StepProgress> running = run.progress();
      goOn = drawAndWait(running);
    }
  }

  private boolean drawAndWait(List<StepProgress> running) {
    lock.lock();
    try {
      if (!closed) {
        redraw(view.lines(running, screen.measure()));
        long left = PERIOD_NANOS;
        while (!closed && left > 0) {
          left = closing.awaitNanos(left);
        }
      }
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void redraw(List<String> now) {
    var out = new StringBuilder(back());
    for (String line : now) {
      out.append(line).append('\n');
    }
    drawn = now.size();
    sink.stream().print(out);
    sink.stream().flush();
  }

  private void erase() {
    if (drawn > 0) {
      sink.stream().print(back());
      sink.stream().flush();
      drawn = 0;
    }
  }

  /** To the first line of what is drawn, with nothing left of it. */
  private String back() {
    return drawn == 0 ? "" : "\u001b[" + drawn + "A\r" + ERASE_BELOW;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      erase();
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    Thread thread = drawer;
    if (thread != null) {
      boolean interrupted = false;
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
