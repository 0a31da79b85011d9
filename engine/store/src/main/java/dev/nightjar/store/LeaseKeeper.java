package dev.nightjar.store;

import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.stage.Joining;
import dev.nightjar.store.NewRun.Pool;
import dev.nightjar.store.Pools.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the leases of this process's runs from running out, and hears who wants one of them to end.
 */
final class LeaseKeeper implements AutoCloseable {

  /** How long a wish to cancel may lie unseen. */
  private static final long LONGEST_LOOK_MILLIS = 250;

  /** A lease is renewed this often before it could run out. */
  private static final int RENEWALS = 4;

  private final Database database;
  private final Leases leases;
  private final Pools pools;
  private final long lookMillis;
  private final long looksPerRenewal;
  private final Map<Long, LiveRun> runs = new ConcurrentHashMap<>();

  /** When a lease was last renewed, counted in looks: the machine's clock may be set. */
  private final Map<Long, Long> renewed = new ConcurrentHashMap<>();

  /** Runs that are to be given back. */
  private final Queue<LiveRun> returning = new ConcurrentLinkedQueue<>();

  private final ReentrantLock giving = new ReentrantLock();
  private final Thread thread;
  private final Semaphore end = new Semaphore(0);
  private final AtomicLong looks = new AtomicLong();
  private final AtomicBoolean started = new AtomicBoolean();

  LeaseKeeper(Database database, Leases leases, Duration lease) {
    this.database = database;
    this.leases = leases;
    this.pools = new Pools(database.dialect(), leases);
    long renewal = Math.max(1, lease.toMillis() / RENEWALS);
    this.lookMillis = Math.clamp(renewal / 2, 1, LONGEST_LOOK_MILLIS);
    this.looksPerRenewal = Math.max(1, renewal / lookMillis);
    this.thread = Thread.ofPlatform().name("nightjar-leases").daemon().unstarted(this::keep);
  }

  /** From now on the run's lease is kept. */
  void add(LiveRun run) {
    runs.put(run.key(), run);
    renewed.put(run.key(), looks.get());
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  Collection<LiveRun> runs() {
    return List.copyOf(runs.values());
  }

  private void keep() {
    while (rest()) {
      looks.incrementAndGet();
      try {
        hear();
        renew();
      } catch (StoreException refused) {
        // Tried again at the next look; whoever appends is told.
      }
    }
  }

  /** False at the end. */
  private boolean rest() {
    try {
      return !end.tryAcquire(lookMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException nobodyDoes) {
      return false;
    }
  }

  private void hear() {
    // A copy first: the last one may be given back meanwhile.
    List<Long> keys = List.copyOf(runs.keySet());
    if (keys.isEmpty()) {
      return;
    }
    List<Lease> wishes = database.read(connection -> leases.cancelled(connection, keys));
    for (Lease wish : wishes) {
      LiveRun run = runs.get(wish.run());
      if (run != null && run.fence() == wish.fence() && wish.cancel() != null) {
        run.cancelRequested(wish.cancel());
      }
    }
  }

  private void renew() {
    Map<Long, LiveRun> due = new TreeMap<>();
    for (LiveRun run : runs.values()) {
      if (isDue(run, looksPerRenewal)) {
        due.put(run.key(), run);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    Map<LiveRun, JournalException> lost =
        database.write(connection -> {
          Map<LiveRun, JournalException> gone = lost(leases.lock(connection, due.keySet()), due);
          due.values().removeAll(gone.keySet());
          renew(connection, due.values());
          return gone;
        });
    lost.forEach(this::fail);
  }

  private boolean isDue(LiveRun run, long after) {
    return looks.get() - renewed.getOrDefault(run.key(), looks.get()) >= after;
  }

  /** Renews, in a transaction that is made anyway, the leases that would be due soon. */
  void renewDue(Connection connection, Collection<LiveRun> of) throws SQLException {
    renew(connection, of.stream().filter(run -> isDue(run, (looksPerRenewal + 1) / 2)).toList());
  }

  private void renew(Connection connection, Collection<LiveRun> of) throws SQLException {
    if (!of.isEmpty()) {
      leases.renew(connection, of.stream().map(LiveRun::key).toList());
      of.forEach(run -> renewed.replace(run.key(), looks.get()));
    }
  }

  /**
   * Those of the runs that belong to somebody else now.
   *
   * @param held their leases
   */
  Map<LiveRun, JournalException> lost(List<Lease> held, Map<Long, LiveRun> of) {
    Map<LiveRun, JournalException> lost = new HashMap<>();
    Map<Long, Lease> byRun = new HashMap<>();
    held.forEach(one -> byRun.put(one.run(), one));
    of.forEach((key, run) -> {
      Lease lease = byRun.get(key);
      if (lease == null || lease.fence() != run.fence()) {
        lost.put(run, lost(run, lease));
      }
    });
    return lost;
  }

  private JournalException lost(LiveRun run, @org.jspecify.annotations.Nullable Lease lease) {
    String now;
    if (lease == null) {
      now = "it has ended and was given back";
    } else if (lease.owner().equals(leases.self()) && lease.pool() != null) {
      now =
          "its lease had run out, and another run has its turn in the pool %s"
              .formatted(lease.pool().name());
    } else {
      now = "its lease had run out, and %s has it since %s".formatted(lease.owner(), lease.since());
    }
    return new JournalException(
        JournalException.Cause.LOST,
        "Run %s is no longer this process's: %s. Nothing that this one did since is remembered."
            .formatted(run.id(), now),
        null);
  }

  /** The run is not to be written any more. */
  void fail(LiveRun run, JournalException why) {
    runs.remove(run.key(), run);
    run.fail(why);
  }

  /** Nothing can be written any more. */
  void failAll(JournalException why) {
    runs().forEach(run -> fail(run, why));
  }

  Answer decide(LiveRun run, Pool pool) {
    return database.write(connection -> pools.decide(connection, run.key(), run.fence(), pool));
  }

  boolean mayGo(LiveRun run, Pool pool) {
    return database.read(connection -> pools.mayGo(connection, run.key(), pool));
  }

  void withdraw(LiveRun run) {
    quietly(connection -> leases.withdraw(connection, run.key(), run.fence()));
  }

  /** Returns when it is done; runs that end together are given back in one transaction. */
  void giveBack(LiveRun run) {
    // In this order: at its end the keeper finds it in one of the two.
    returning.add(run);
    runs.remove(run.key(), run);
    renewed.remove(run.key());
    giveBack();
  }

  private void giveBack() {
    giving.lock();
    try {
      // What is left has been given back by whoever was here before.
      List<LiveRun> together = new ArrayList<>();
      for (LiveRun one = returning.poll(); one != null; one = returning.poll()) {
        together.add(one);
      }
      together.sort((one, other) -> Long.compare(one.key(), other.key()));
      if (!together.isEmpty()) {
        quietly(connection -> giveBack(connection, together));
      }
    } finally {
      giving.unlock();
    }
  }

  private void giveBack(Connection connection, List<LiveRun> together) throws SQLException {
    for (LiveRun one : together) {
      leases.giveBack(connection, one.key(), one.fence());
    }
  }

  /** What would come about without it, too, once the lease has run out. */
  private void quietly(Database.Change change) {
    try {
      database.change(change);
    } catch (StoreException refused) {
      // Somebody else is told, or was.
    }
  }

  /** Waits for the look that it is at, and for the runs that are being given back. */
  @Override
  public void close() {
    giveBack();
    end.release();
    if (!Thread.currentThread().equals(thread)) {
      Joining.join(thread);
    }
  }
}
