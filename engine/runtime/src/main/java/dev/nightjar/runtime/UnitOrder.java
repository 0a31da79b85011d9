package dev.nightjar.runtime;

import dev.nightjar.runtime.Supervision.LeftBehind;
import dev.nightjar.runtime.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs units, each as soon as those have ended that it needs, all that may run side by side. Of
 * many, few threads take one after the other at first: a thread for each of ten thousand steps that
 * are soon done costs more than the steps, and leaves the compilers no core. When those threads do
 * not get on, more are started: twice as many at each look when they wait, and all when one of them
 * computes for long. What a unit has held up goes on in the thread of that unit.
 */
final class UnitOrder implements Supervision.Awaited {

  /** So many units begin at once, however many cores there are. */
  private static final int FEW = 16;

  /** So many looks at a unit that waits: 3 ms, longer than for a lock. */
  private static final int WAITS = 3;

  /** So many looks at a unit that computes, and all begin: 100 ms, longer than loading a plugin. */
  private static final int PATIENCE = 100;

  private final ThreadFactory threads;
  private final Supervision supervision;
  private final Work work;
  private final int atOnce;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> ready = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();
  private int left;
  private volatile @Nullable Throwable bug;

  /** Runs one unit. */
  @FunctionalInterface
  interface Work {
    void run(Plan.Unit unit, Post post);
  }

  /**
   * Who watches over a unit that runs.
   *
   * @param goOn what there is to do when the unit has ended and its thread was left behind
   */
  record Post(Supervision supervision, Runnable goOn) {}

  /** A unit, how many it needs that have not ended, and those that need it. */
  private static final class Waiting {
    final Plan.Unit unit;
    final List<Waiting> next = new ArrayList<>(1);
    int needs;

    Waiting(Plan.Unit unit) {
      this.unit = unit;
    }
  }

  /**
   * Of some units of a block, in the order written: what else they need has ended.
   *
   * @param cores how many of many units are worked on at once, as long as they get on
   * @param supervision of their attempts
   */
  UnitOrder(
      List<Plan.Unit> units, int cores, ThreadFactory threads, Supervision supervision, Work work) {
    this.threads = threads;
    this.supervision = supervision;
    this.work = work;
    this.left = units.size();
    this.atOnce = units.size() <= FEW ? units.size() : cores;
    queue(units);
  }

  private void queue(List<Plan.Unit> units) {
    Map<String, Waiting> byStep = HashMap.newHashMap(units.size());
    for (Plan.Unit unit : units) {
      var one = new Waiting(unit);
      for (String need : unit.needs()) {
        Waiting before = byStep.get(need);
        if (before != null) {
          before.next.add(one);
          one.needs++;
        }
      }
      unit.steps().forEach(step -> byStep.put(step.id(), one));
      if (one.needs == 0) {
        ready.add(one);
      }
    }
  }

  /** Runs all of them, and waits. What is thrown is a bug: no further unit begins. */
  void run() {
    startWorkers(atOnce);
    supervision.await(this);
    if (bug instanceof RuntimeException exception) {
      throw exception;
    }
    if (bug instanceof Error error) {
      throw error;
    }
  }

  @Override
  public boolean isDone() {
    lock.lock();
    try {
      return left == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasWaiting() {
    lock.lock();
    try {
      return !ready.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void look() {
    lock.lock();
    try {
      int waiting = 0;
      boolean computing = false;
      for (Worker worker : workers) {
        worker.look();
        waiting += worker.waits() ? 1 : 0;
        computing |= worker.computes();
      }
      // While carriers are idle: later, those that compute may leave the others none for long.
      startWorkers(computing ? Integer.MAX_VALUE : waiting + Math.max(atOnce, waiting));
    } finally {
      lock.unlock();
    }
  }

  /** Until there are so many, or nothing is left for another one. */
  private void startWorkers(int most) {
    lock.lock();
    try {
      while (workers.size() < most && !ready.isEmpty()) {
        start(ready.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(Waiting first) {
    var worker = new Worker(first);
    workers.add(worker);
    worker.thread.start();
  }

  /** Runs one unit after the other, until none is left or it is left behind itself. */
  private final class Worker implements Runnable {

    final Thread thread;
    private @Nullable Waiting now;

    /** What it ran when it was looked at last, and how often it was seen there. */
    private @Nullable Waiting seen;

    private int looks;

    Worker(Waiting first) {
      this.now = first;
      this.thread = threads.newThread(this);
    }

    /** Called under the lock, as what follows. */
    void look() {
      looks = now == seen ? looks + 1 : 0;
      seen = now;
    }

    /** Whether its unit waits for something, and needs no core. */
    boolean waits() {
      return looks >= WAITS
          && switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
          };
    }

    /** Whether its unit takes long otherwise. */
    boolean computes() {
      return looks >= PATIENCE && !waits();
    }

    @Override
    public void run() {
      for (Waiting one = now(); one != null; one = ended(this, one)) {
        try {
          if (bug == null) {
            work.run(one.unit, new Post(supervision, this::goOn));
          }
        } catch (LeftBehind gone) {
          return;
        } catch (RuntimeException | Error e) {
          note(e);
        }
      }
    }

    private @Nullable Waiting now() {
      lock.lock();
      try {
        return now;
      } finally {
        lock.unlock();
      }
    }

    /** Not on this thread, which watches; and not on the worker's, which is left behind. */
    private void goOn() {
      Waiting next = ended(this, Objects.requireNonNull(now()));
      lock.lock();
      try {
        workers.remove(this);
        if (next != null) {
          start(next);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void note(Throwable e) {
    lock.lock();
    try {
      bug = bug == null ? e : bug;
    } finally {
      lock.unlock();
    }
  }

  /** Gives what the worker is to run next; null when there is nothing for it. */
  private @Nullable Waiting ended(Worker worker, Waiting one) {
    boolean tell;
    Waiting next;
    lock.lock();
    try {
      boolean idle = ready.isEmpty();
      for (Waiting held : one.next.reversed()) {
        held.needs--;
        if (held.needs == 0) {
          ready.addFirst(held);
        }
      }
      next = ready.poll();
      worker.now = next;
      if (next == null) {
        workers.remove(worker);
      } else {
        startWorkers(atOnce);
      }
      left--;
      tell = left == 0 || (idle && !ready.isEmpty());
    } finally {
      lock.unlock();
    }
    if (tell) {
      supervision.tell();
    }
    return next;
  }
}
