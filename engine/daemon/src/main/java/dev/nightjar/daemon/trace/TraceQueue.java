package dev.nightjar.daemon.trace;

import dev.nightjar.daemon.view.Timelines;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs that have ended, and the thread that reads them back and exports them one after the other:
 * memory is bounded by one run, and a slow collector keeps nobody else waiting.
 */
final class TraceQueue implements Traces {

  /** Ids that wait; later ones are lost. */
  private static final int WAITING = 1_000;

  /** Half of how long closing may take; the other half is the exporter's. */
  private static final Duration LAST = Duration.ofSeconds(5);

  private final Store store;
  private final SpanExport export;
  private final Complaints complaints;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("nightjar-traces").unstarted(this::serve);
  private long lost;
  private boolean closing;

  private TraceQueue(Store store, SpanExport export, Complaints complaints) {
    this.store = store;
    this.export = export;
    this.complaints = complaints;
  }

  /** None where the settings ask for what there is not, which is told. */
  static Traces open(ExportSettings settings, Store store, Complaints complaints) {
    Optional<SpanExport> export = SpanExport.open(settings, complaints);
    if (export.isEmpty()) {
      complaints.close();
      return new NoTraces();
    }
    var queue = new TraceQueue(store, export.get(), complaints);
    queue.thread.start();
    return queue;
  }

  @Override
  public void ended(String run) {
    lock.lock();
    try {
      if (waiting.size() < WAITING) {
        waiting.addLast(run);
        changed.signal();
      } else {
        lost++;
      }
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    try {
      for (String run = next(); run != null; run = next()) {
        export(run);
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next run, waited for; null when there will be none. */
  private @Nullable String next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        changed.await();
      }
      return waiting.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  private void export(String run) {
    try {
      Optional<Timeline> timeline =
          store.run(run).map(stored -> Timelines.read(store, stored, RunSpans.LIMITS));
      timeline.ifPresent(export::export);
    } catch (RuntimeException refused) {
      complaints.tell("run " + run + ": " + refused);
    }
    tellOfLost();
  }

  private void tellOfLost() {
    long count;
    lock.lock();
    try {
      count = lost;
      lost = 0;
    } finally {
      lock.unlock();
    }
    if (count > 0) {
      complaints.tell("%d runs ended faster than they could be sent".formatted(count));
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    try {
      boolean _ = thread.join(LAST);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    tellOfLost();
    export.close(LAST);
    complaints.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
