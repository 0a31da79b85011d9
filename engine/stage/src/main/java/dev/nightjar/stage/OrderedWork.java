package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.StepContext.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on many items at once and hands over the results in the items' order. So many workers take
 * items from one iterator, one at a time; a worker that would get too far ahead of the oldest
 * result waits. Whoever finishes the oldest item hands over all that are ready.
 */
final class OrderedWork<T, R> {

  /** Results that may wait for the oldest one, by worker: evens out items of different length. */
  private static final int AHEAD = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Attempt attempt;
  private final Iterator<T> items;
  private final Work<T, R> work;
  private final Consumer<R> inOrder;
  private final int window;

  /** A result of null is a result too. */
  private final Map<Long, Optional<R>> waiting = new HashMap<>();

  private final List<Thread> workers = new ArrayList<>();
  private long taken;
  private long handedOver;
  private boolean stopped;
  private @Nullable Throwable failure;

  private OrderedWork(
      Attempt attempt, Iterator<T> items, int limit, Work<T, R> work, Consumer<R> inOrder) {
    this.attempt = attempt;
    this.items = items;
    this.work = work;
    this.inOrder = inOrder;
    this.window = limit * AHEAD;
  }

  static <T, R> void run(
      Attempt attempt, Iterable<T> items, int limit, Work<T, R> work, Consumer<R> inOrder)
      throws Exception {
    if (limit <= 1) {
      runAlone(attempt, items, work, inOrder);
    } else {
      new OrderedWork<>(attempt, items.iterator(), limit, work, inOrder).run(limit);
    }
  }

  private static <T, R> void runAlone(
      Attempt attempt, Iterable<T> items, Work<T, R> work, Consumer<R> inOrder) throws Exception {
    long index = 0;
    for (T item : items) {
      attempt.check();
      inOrder.accept(work.apply(item, index++));
    }
  }

  private void run(int limit) throws Exception {
    for (int i = 0; i < limit; i++) {
      workers.add(Thread.ofVirtual().unstarted(this::joinAndWorkOff));
    }
    workers.forEach(Thread::start);
    // Work that does not answer is waited for here; who waits for the attempt leaves it behind.
    workers.forEach(worker -> Joining.join(worker, () -> stop(null)));
    attempt.check();
    if (failure != null) {
      switch (failure) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw new IllegalStateException(failure);
      }
    }
  }

  private void joinAndWorkOff() {
    try {
      attempt.join(this::workOff);
    } catch (Cancelled e) {
      stop(e);
    }
  }

  private void workOff() {
    try {
      while (true) {
        long index = -1;
        T item;
        lock.lock();
        try {
          if (!mayTake()) {
            return;
          }
          index = taken;
          item = items.next();
          taken++;
        } finally {
          lock.unlock();
        }
        handOver(index, work.apply(item, index));
      }
    } catch (Throwable e) {
      stop(e);
    }
  }

  /** Waits until there is room, then asks whether there is another item. */
  private boolean mayTake() throws InterruptedException {
    while (!stopped && taken - handedOver >= window) {
      changed.await();
    }
    return !stopped && items.hasNext();
  }

  private void handOver(long index, R result) {
    lock.lock();
    try {
      waiting.put(index, Optional.ofNullable(result));
      while (!stopped && waiting.containsKey(handedOver)) {
        R next = waiting.remove(handedOver).orElse(null);
        inOrder.accept(next);
        handedOver++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Only the first reason counts: what the others throw then comes of being interrupted. */
  private void stop(@Nullable Throwable reason) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      stopped = true;
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread self = Thread.currentThread();
    workers.stream().filter(worker -> !worker.equals(self)).forEach(Thread::interrupt);
  }
}
