package dev.nightjar.store;

import dev.nightjar.stage.Joining;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes events of this process's runs findable while the journal has little to do. */
final class Indexer implements AutoCloseable {

  private static final long REST_MILLIS = 500;

  private final Search search;
  private final LeaseKeeper keeper;
  private final JournalWriter writer;
  private final Thread thread;
  private final Semaphore end = new Semaphore(0);
  private final AtomicBoolean started = new AtomicBoolean();

  Indexer(Search search, LeaseKeeper keeper, JournalWriter writer) {
    this.search = search;
    this.keeper = keeper;
    this.writer = writer;
    this.thread = Thread.ofPlatform().name("nightjar-index").daemon().unstarted(this::index);
  }

  /** From the first run on. */
  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  private void index() {
    try {
      while (!end.tryAcquire(REST_MILLIS, TimeUnit.MILLISECONDS)) {
        keeper.runs().forEach(this::index);
      }
    } catch (InterruptedException nobodyDoes) {
      // The end.
    } catch (StoreException refused) {
      // A search makes up for it, and says what is wrong.
    }
  }

  private void index(LiveRun run) {
    while (end.availablePermits() == 0 && !writer.isBusy() && search.advance(run.key())) {}
  }

  /** Waits for the transaction that it is in. */
  @Override
  public void close() {
    end.release();
    Joining.join(thread);
  }
}
