package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Batches between two threads of a task: whoever is ahead waits. */
final class Channel {

  /** Lets both sides work while one of them is held up for a moment; each batch is memory. */
  private static final int CAPACITY = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Batch> batches = new ArrayDeque<>(CAPACITY);
  private boolean finished;
  private boolean closed;

  /**
   * Hands over a batch, when there is room.
   *
   * @return false when the reader wants no more
   */
  boolean put(Batch batch) {
    lock.lock();
    try {
      while (batches.size() >= CAPACITY && !closed) {
        await();
      }
      if (closed) {
        return false;
      }
      batches.add(batch);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next batch when it is there; null after the last. */
  @Nullable Batch take() {
    lock.lock();
    try {
      while (batches.isEmpty() && !finished) {
        await();
      }
      changed.signalAll();
      return batches.poll();
    } finally {
      lock.unlock();
    }
  }

  /** The writer has put its last batch. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reader wants no more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      batches.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // Both callers loop.
  private void await() {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled();
    }
  }
}
