package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One try of a step or of a task: the threads that work for it, whether it is to stop, whether it
 * has ended. Stopping interrupts; whoever does not answer is left behind and can do no more harm,
 * because reading, emitting and asking the context end with {@link Cancelled} from then on.
 */
public final class Attempt {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Runnable> stopActions = new ArrayList<>();
  private final List<Runnable> abandonActions = new ArrayList<>();
  private volatile @Nullable String stopReason;
  private boolean ended;

  /** Moves on with every sign of life, so that a watchdog sees who has stopped giving any. */
  private volatile long signsOfLife;

  /**
   * Works for this attempt on the calling thread, which is interrupted if the attempt is stopped.
   */
  public void join(Runnable work) {
    Thread thread = Thread.currentThread();
    lock.lock();
    try {
      if (stopReason != null) {
        throw new Cancelled();
      }
      threads.add(thread);
    } finally {
      lock.unlock();
    }
    try {
      work.run();
    } finally {
      leave(thread);
    }
  }

  private void leave(Thread thread) {
    lock.lock();
    try {
      threads.remove(thread);
    } finally {
      lock.unlock();
    }
  }

  /** Tells the attempt to stop; only the first reason counts. Returns at once. */
  public void stop(String reason) {
    List<Runnable> actions;
    lock.lock();
    try {
      if (stopReason != null || ended) {
        return;
      }
      stopReason = reason;
      threads.forEach(Thread::interrupt);
      actions = List.copyOf(stopActions);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }

  /** Has something done when the attempt is stopped, now if it already was; close to forget it. */
  public Registration onStop(Runnable action) {
    lock.lock();
    try {
      if (stopReason == null) {
        stopActions.add(action);
        return () -> forget(action);
      }
    } finally {
      lock.unlock();
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    lock.lock();
    try {
      stopActions.remove(action);
      abandonActions.remove(action);
    } finally {
      lock.unlock();
    }
  }

  /** Has something done when the attempt is left behind; close to forget it. */
  public Registration onAbandoned(Runnable action) {
    lock.lock();
    try {
      abandonActions.add(action);
    } finally {
      lock.unlock();
    }
    return () -> forget(action);
  }

  /** Leaves behind an attempt that was stopped and does not answer. */
  public void abandon() {
    List<Runnable> actions;
    lock.lock();
    try {
      actions = List.copyOf(abandonActions);
    } finally {
      lock.unlock();
    }
    actions.forEach(Runnable::run);
  }

  /** Why it was told to stop, or null. */
  public @Nullable String stopReason() {
    return stopReason;
  }

  /**
   * A sign of life.
   *
   * @throws Cancelled when the attempt is to stop
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // A sign lost to another thread's is still a sign.
  public void check() {
    signsOfLife = signsOfLife + 1;
    if (stopReason != null || Thread.currentThread().isInterrupted()) {
      throw new Cancelled();
    }
  }

  /** Grows with every sign of life. */
  public long signsOfLife() {
    return signsOfLife;
  }

  /** The threads that work for it now. */
  public List<Thread> threads() {
    lock.lock();
    try {
      return List.copyOf(threads);
    } finally {
      lock.unlock();
    }
  }

  /** Says that all its work has ended. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for its end: at most the timeout, then stops it; once stopped, at most the grace.
   *
   * @return false when it was stopped and has not answered within the grace
   */
  public boolean awaitEnd(@Nullable Duration timeout, Duration grace) throws InterruptedException {
    if (!awaitEndOrStop(timeout)) {
      stop(TIMED_OUT);
    }
    lock.lock();
    try {
      long left = grace.toNanos();
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** The reason an attempt is stopped for by its timeout. */
  public static final String TIMED_OUT = "timed out";

  private boolean awaitEndOrStop(@Nullable Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = timeout == null ? Long.MAX_VALUE : timeout.toNanos();
      while (!ended && stopReason == null) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Undoes {@link #onStop} and {@link #onAbandoned}. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
