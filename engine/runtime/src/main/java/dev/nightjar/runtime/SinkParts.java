package dev.nightjar.runtime;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.StageTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a sink, in the order of the tasks. Asking for one waits until its task is done;
 * behind the last one, until what they hold may become visible.
 */
final class SinkParts implements Iterable<Path> {

  private final StageTasks tasks;
  private final CountDownLatch released = new CountDownLatch(1);

  SinkParts(StageTasks tasks) {
    this.tasks = tasks;
  }

  /** All tasks are done, and what they wrote may become visible. */
  void release() {
    released.countDown();
  }

  @Override
  public Iterator<Path> iterator() {
    return new Waiting();
  }

  private final class Waiting implements Iterator<Path> {
    private int task;
    private @Nullable Path next;

    @Override
    public boolean hasNext() {
      while (next == null && task < tasks.size()) {
        Path part = StageTask.sinkPart(tasks.awaitPart(task++));
        next = Files.exists(part) ? part : null;
      }
      if (next == null) {
        awaitRelease();
      }
      return next != null;
    }

    @Override
    public Path next() {
      Path part = hasNext() ? next : null;
      if (part == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return part;
    }
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    }
  }
}
