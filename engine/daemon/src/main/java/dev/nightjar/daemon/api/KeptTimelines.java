package dev.nightjar.daemon.api;

import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.Store;
import dev.nightjar.store.Store.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The timelines of the runs that were looked at last, so that a look at a long run reads only what
 * is new. Safe for use by many threads.
 */
final class KeptTimelines {

  /** A page and a few tabs; a large one is a few MiB. */
  private static final int KEPT = 16;

  /** Lines of logs have a route of their own. */
  private static final Timeline.Limits LIMITS = new Timeline.Limits(1_000, 100, 100, 0, 10_000);

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Kept> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  KeptTimelines(Store store) {
    this.store = store;
  }

  /** Of one run; for one thread at a time. */
  private static final class Kept {
    private final ReentrantLock lock = new ReentrantLock();
    private final Timeline timeline = new Timeline(LIMITS);
    private long position;
  }

  /**
   * A timeline to be read, up to now.
   *
   * @param position the number of its last event; 0 for none
   */
  record View(Timeline timeline, long position) {}

  /**
   * Reads a run's timeline.
   *
   * @param reader must not keep it
   */
  <T> T read(String run, Function<View, T> reader) {
    Kept one = kept(run);
    one.lock.lock();
    try (Stream<StoredEvent> events = store.events(run, one.position)) {
      events.forEach(stored -> {
        one.timeline.apply(stored.event());
        one.position = stored.number();
      });
      return reader.apply(new View(one.timeline, one.position));
    } finally {
      one.lock.unlock();
    }
  }

  private Kept kept(String run) {
    lock.lock();
    try {
      Kept one = kept.computeIfAbsent(run, id -> new Kept());
      if (kept.size() > KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
      return one;
    } finally {
      lock.unlock();
    }
  }
}
