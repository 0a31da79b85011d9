package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.store.NewRun.Overlap;
import dev.nightjar.store.NewRun.Pool;
import dev.nightjar.store.Pools.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run of this process: its lease, and how far its journal has come. */
final class LiveRun implements OwnedRun {

  /** How often a run that waits looks whether it is its turn. */
  private static final long LOOK_MILLIS = 100;

  private final long key;
  private final String id;
  private final long fence;
  private final @Nullable Pool pool;
  private final Consumer<Event> listener;
  private final JournalWriter writer;
  private final LeaseKeeper keeper;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Consumer<JournalException>> onBroken = new ArrayList<>();
  private final List<Consumer<String>> onCancel = new ArrayList<>();
  private final Semaphore never = new Semaphore(0);
  private long appended;
  private long settled;
  private @Nullable JournalException broken;
  private @Nullable String cancel;
  private boolean closed;
  private boolean over;

  /**
   * A run.
   *
   * @param last number of the event that was written last
   */
  LiveRun(
      Lease lease, long last, Consumer<Event> listener, JournalWriter writer, LeaseKeeper keeper) {
    this.key = lease.run();
    this.id = lease.id();
    this.fence = lease.fence();
    this.pool = lease.pool();
    this.appended = last;
    this.settled = last;
    this.listener = listener;
    this.writer = writer;
    this.keeper = keeper;
  }

  long key() {
    return key;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long fence() {
    return fence;
  }

  @Override
  public void append(Event event) {
    append(event, Events.encode(event));
  }

  @Override
  public Runnable prepare(Event event) {
    // Here: not on the one thread that writes, and not while others wait to append.
    byte[] body = Events.encode(event);
    return () -> append(event, body);
  }

  private void append(Event event, byte[] body) {
    long number;
    lock.lock();
    try {
      number = ++appended;
      if (broken != null || closed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    writer.add(new JournalWriter.Pending(this, event, new Events.Row(key, number, body)));
  }

  @Override
  public void settle() {
    lock.lock();
    try {
      long last = appended;
      while (settled < last && broken == null && !over) {
        changed.awaitUninterruptibly();
      }
      if (settled < last) {
        throw broken == null ? tooLate() : again(broken);
      }
    } finally {
      lock.unlock();
    }
  }

  private JournalException tooLate() {
    return new JournalException(
        JournalException.Cause.STORE,
        "Run %s was given back: what happened since is not remembered.".formatted(id),
        null);
  }

  /** With the stack of whoever is told now. */
  private static JournalException again(JournalException first) {
    return new JournalException(first.why(), String.valueOf(first.getMessage()), first);
  }

  /** The event is on disk. */
  void tell(Event event) {
    listener.accept(event);
  }

  /** All up to this event is on disk, and whoever listens was told. */
  void settled(long number) {
    lock.lock();
    try {
      settled = number;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing will be remembered any more. */
  void fail(JournalException why) {
    List<Consumer<JournalException>> told;
    lock.lock();
    try {
      if (broken != null) {
        return;
      }
      broken = why;
      told = List.copyOf(onBroken);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    told.forEach(one -> one.accept(why));
  }

  boolean isBroken() {
    lock.lock();
    try {
      return broken != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onBroken(Consumer<JournalException> listener) {
    JournalException already;
    lock.lock();
    try {
      already = broken;
      onBroken.add(listener);
    } finally {
      lock.unlock();
    }
    if (already != null) {
      listener.accept(already);
    }
  }

  /** Somebody wants the run to end. */
  void cancelRequested(String reason) {
    List<Consumer<String>> told;
    lock.lock();
    try {
      if (cancel != null) {
        return;
      }
      cancel = reason;
      told = List.copyOf(onCancel);
    } finally {
      lock.unlock();
    }
    told.forEach(one -> one.accept(reason));
  }

  @Override
  public void onCancelRequested(Consumer<String> listener) {
    String already;
    lock.lock();
    try {
      already = cancel;
      onCancel.add(listener);
    } finally {
      lock.unlock();
    }
    if (already != null) {
      listener.accept(already);
    }
  }

  @Override
  public Turn awaitTurn(Consumer<List<String>> waiting) throws InterruptedException {
    if (pool == null) {
      return new Turn.Granted();
    }
    boolean told = false;
    boolean look = true;
    try {
      while (true) {
        Answer answer = look ? keeper.decide(this, pool) : null;
        switch (answer) {
          case Answer.Go() -> {
            return new Turn.Granted();
          }
          case Answer.Refuse(List<String> running) -> {
            return new Turn.Refused(running, pool.overlap() == Overlap.SKIP);
          }
          case Answer.Gone() ->
              throw new HeldException(
                  "Run %s is no longer this process's: its lease ran out while it waited for its turn."
                      .formatted(id));
          case Answer.Wait(List<String> behind) -> {
            if (!told) {
              told = true;
              waiting.accept(behind);
            }
          }
          case null -> {
            // As before.
          }
        }
        // Nobody gives it: it is a rest that ends at once when the thread is interrupted.
        boolean _ = never.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        look = keeper.mayGo(this, pool);
      }
    } catch (InterruptedException | RuntimeException given) {
      keeper.withdraw(this);
      throw given;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    try {
      settle();
    } catch (JournalException broken) {
      // Whoever ran it was told.
    }
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    keeper.giveBack(this);
  }
}
