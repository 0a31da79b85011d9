package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.stage.Joining;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the events of all runs of this process: one thread takes what has gathered while the last
 * transaction was flushed, and flushes it in one.
 */
final class JournalWriter implements AutoCloseable {

  /** So many events may wait; then whoever appends waits, too. */
  private static final int MOST_WAITING = 65_536;

  /** With no more waiting than these there is time for something else. */
  private static final int IDLE = 100;

  /** And no more bytes than that: 64 MiB. */
  private static final long MOST_BYTES = 64L << 20;

  private final Database database;
  private final Leases leases;
  private final LeaseKeeper keeper;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private List<Pending> waiting = new ArrayList<>();
  private long waitingBytes;
  private boolean started;
  private boolean closed;

  JournalWriter(Database database, Leases leases, LeaseKeeper keeper) {
    this.database = database;
    this.leases = leases;
    this.keeper = keeper;
    this.thread = Thread.ofPlatform().name("nightjar-journal").daemon().unstarted(this::write);
  }

  /** An event on its way to the disk. */
  record Pending(LiveRun run, Event event, Events.Row row) {}

  /** Takes an event; waits while too many wait already. */
  void add(Pending pending) {
    lock.lock();
    try {
      if (!started) {
        started = true;
        thread.start();
      }
      // A listener that appends would wait for itself.
      while (isFull() && !closed && !Thread.currentThread().equals(thread)) {
        room.awaitUninterruptibly();
      }
      waiting.add(pending);
      waitingBytes += pending.row().bytes();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether events wait that it cannot take at once. */
  boolean isBusy() {
    lock.lock();
    try {
      return waiting.size() > IDLE;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return waiting.size() >= MOST_WAITING || waitingBytes >= MOST_BYTES;
  }

  private void write() {
    for (List<Pending> group = take(); !group.isEmpty(); group = take()) {
      try {
        commit(group);
      } catch (StoreException refused) {
        String message = String.valueOf(refused.getMessage());
        keeper.failAll(new JournalException(JournalException.Cause.STORE, message, refused));
      } catch (RuntimeException | Error bug) {
        keeper.failAll(
            new JournalException(
                JournalException.Cause.STORE,
                "The store %s failed: %s".formatted(database.name(), bug),
                bug));
      }
    }
  }

  /** All that waits, as soon as there is something; empty at the end. */
  private List<Pending> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      List<Pending> taken = waiting;
      waiting = new ArrayList<>();
      waitingBytes = 0;
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Pending> group) {
    Map<LiveRun, Long> last = new LinkedHashMap<>();
    group.forEach(one -> last.put(one.run(), one.row().number()));
    last.keySet().removeIf(LiveRun::isBroken);
    if (last.isEmpty()) {
      return;
    }
    Map<LiveRun, JournalException> lost =
        database.write(connection -> write(connection, group, last));
    lost.forEach(keeper::fail);
    for (Pending one : group) {
      if (last.containsKey(one.run())) {
        tell(one);
      }
    }
    last.forEach(LiveRun::settled);
  }

  /** Takes the runs away from {@code last} that are not this process's any more. */
  private Map<LiveRun, JournalException> write(
      Connection connection, List<Pending> group, Map<LiveRun, Long> last) throws SQLException {
    Map<LiveRun, JournalException> lost = lost(connection, last.keySet());
    last.keySet().removeAll(lost.keySet());
    List<Events.Row> rows = new ArrayList<>(group.size());
    for (Pending one : group) {
      if (last.containsKey(one.run())) {
        rows.add(one.row());
        Runs.apply(connection, one.run().key(), one.event());
      }
    }
    Events.insert(connection, rows);
    keeper.renewDue(connection, last.keySet());
    return lost;
  }

  private Map<LiveRun, JournalException> lost(Connection connection, Iterable<LiveRun> runs)
      throws SQLException {
    Map<Long, LiveRun> byKey = new TreeMap<>();
    runs.forEach(run -> byKey.put(run.key(), run));
    return keeper.lost(leases.lock(connection, byKey.keySet()), byKey);
  }

  private static void tell(Pending one) {
    try {
      one.run().tell(one.event());
    } catch (RuntimeException bug) {
      // Of the listener: the event is on disk all the same.
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, bug);
    }
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      room.signalAll();
      if (!started) {
        return;
      }
    } finally {
      lock.unlock();
    }
    if (!Thread.currentThread().equals(thread)) {
      Joining.join(thread);
    }
  }
}
