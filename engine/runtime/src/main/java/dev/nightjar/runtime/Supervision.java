package dev.nightjar.runtime;

import dev.nightjar.runtime.Attempts.Stuck;
import dev.nightjar.spi.Cancelled;
import dev.nightjar.stage.Attempt;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets attempts run on the thread of whoever wants their result, while one thread, a platform one,
 * watches over all of them: when they are stopped and one does not answer within the grace, that
 * thread goes on in the place of the one that is left behind. A thread for each attempt and one
 * that waits for it cost more than a small step does.
 */
final class Supervision {

  /** How long what waits does so before it is looked whether the others get on: 1 ms. */
  static final long LOOK_NANOS = 1_000_000;

  private final Attempt parent;
  private final Attempts attempts;
  private final Set<Watched> running = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /**
   * Of attempts that are stopped when this one is.
   *
   * @param attempts knows the grace, and how to tell of one that is stuck
   */
  Supervision(Attempt parent, Attempts attempts) {
    this.parent = parent;
    this.attempts = attempts;
  }

  /** Ends a thread that comes back when others have gone on without it: it has no more to say. */
  static final class LeftBehind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftBehind() {
      super("others have gone on without this thread", null, false, false);
    }
  }

  private enum State {
    RUNNING,
    ENDED,
    LEFT
  }

  /** An attempt, and who goes on when it is left behind. */
  private record Watched(Attempt attempt, AtomicReference<State> state, Consumer<Stuck> whenLeft) {

    Watched(Attempt attempt, Consumer<Stuck> whenLeft) {
      this(attempt, new AtomicReference<>(State.RUNNING), whenLeft);
    }

    boolean becomes(State next) {
      return state.compareAndSet(State.RUNNING, next);
    }

    boolean runsThoughStopped() {
      return attempt.stopReason() != null && state.get() == State.RUNNING;
    }

    // Each is itself alone.
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * Runs one attempt on this thread.
   *
   * @param around stops it: what this watches for, or an attempt that nobody stops
   * @param whenLeft goes on, on another thread, when the attempt is left behind
   * @throws LeftBehind when that has happened
   * @throws Cancelled when it was stopped
   * @throws Throwable what the work threw
   */
  @SuppressWarnings("try") // The registration is only closed.
  <T> T run(
      String name, Attempt around, Function<Attempt, Callable<T>> work, Consumer<Stuck> whenLeft)
      throws Throwable {
    var attempt = new Attempt();
    var watched = new Watched(attempt, whenLeft);
    if (around == parent) {
      running.add(watched);
      if (parent.stopReason() != null) {
        stop(watched);
      }
    }
    try (var seen = attempts.watch(name, attempt)) {
      return Attempts.runHere(attempt, work.apply(attempt));
    } finally {
      end(watched);
    }
  }

  /** Whatever the work has left this thread with is not the next one's. */
  private void end(Watched watched) {
    boolean left = !watched.becomes(State.ENDED);
    running.remove(watched);
    watched.attempt().end();
    Thread.interrupted();
    if (watched.attempt().stopReason() != null) {
      tell();
    }
    if (left) {
      throw new LeftBehind();
    }
  }

  /** Something has happened that {@link Awaited} is asked about. */
  void tell() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void stop(Watched watched) {
    watched.attempt().stop(Attempts.CANCELLED);
    tell();
  }

  /** What is waited for. */
  interface Awaited {

    boolean isDone();

    /** Whether something of it could begin that nobody has begun. */
    boolean hasWaiting();

    /** Has more of it begin, if what runs does not get on; called every {@link #LOOK_NANOS}. */
    void look();
  }

  /** Waits until all is done, and goes on for those that are left behind meanwhile. */
  @SuppressWarnings("try") // The registration is only closed.
  void await(Awaited awaited) {
    var wait = new Wait(awaited);
    try (var stopping = parent.onStop(() -> running.forEach(this::stop))) {
      while (wait.untilEndOrStop()) {
        List<Watched> stopped = running.stream().filter(Watched::runsThoughStopped).toList();
        wait.grace(stopped);
        stopped.forEach(this::leave);
      }
    } finally {
      wait.end();
    }
  }

  /** One wait, which no interrupt ends; it is kept for whoever asks next. */
  private final class Wait {
    private final Awaited awaited;
    private boolean interrupted;

    Wait(Awaited awaited) {
      this.awaited = awaited;
    }

    /** Whether something runs that was stopped; else all is done. */
    boolean untilEndOrStop() {
      lock.lock();
      try {
        while (!awaited.isDone()) {
          if (running.stream().anyMatch(Watched::runsThoughStopped)) {
            return true;
          }
          pause(Long.MAX_VALUE);
        }
        return false;
      } finally {
        lock.unlock();
      }
    }

    void grace(List<Watched> stopped) {
      lock.lock();
      try {
        long left = attempts.grace().toNanos();
        while (left > 0 && stopped.stream().anyMatch(Watched::runsThoughStopped)) {
          left -= pause(left);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Gives for how long it was, in nanoseconds. */
    @SuppressWarnings("WaitNotInLoop") // Those who call it are.
    private long pause(long most) {
      boolean waiting = awaited.hasWaiting();
      if (!waiting && most == Long.MAX_VALUE) {
        changed.awaitUninterruptibly();
        return 0;
      }
      long nanos = waiting ? Math.min(most, LOOK_NANOS) : most;
      long left = nanos;
      try {
        left = changed.awaitNanos(nanos);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (waiting && left <= 0) {
        awaited.look();
      }
      return nanos - left;
    }

    void end() {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void leave(Watched watched) {
    Stuck stuck = attempts.stuck(watched.attempt(), null);
    if (watched.becomes(State.LEFT)) {
      running.remove(watched);
      watched.attempt().abandon();
      watched.whenLeft().accept(stuck);
    }
  }
}
