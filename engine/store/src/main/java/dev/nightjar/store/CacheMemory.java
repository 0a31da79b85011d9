package dev.nightjar.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nightjar.runtime.cache.ResultCache.Result;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The results that were used last, by digest, for many threads. Caffeine and its logger are loaded
 * when there is something to keep: most runs have no step with {@code cache:}.
 */
final class CacheMemory {

  /** What all results in memory may take, in bytes: a few thousand small ones. */
  private static final long MEMORY = 32L << 20;

  /** The largest result that memory holds on to, in bytes; of a larger one while it is in use. */
  private static final long SMALL = 64L << 10;

  /** What a result takes besides its pieces, in bytes; an estimate. */
  private static final int OVERHEAD = 512;

  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Caches caches;

  private record Caches(Cache<String, Result> small, Cache<String, Result> large) {

    static Caches make() {
      return new Caches(
          Caffeine.newBuilder()
              .maximumWeight(MEMORY)
              .weigher((String digest, Result result) -> (int) result.bytes() + OVERHEAD)
              .executor(Runnable::run)
              .build(),
          Caffeine.newBuilder().weakValues().executor(Runnable::run).build());
    }
  }

  /** Whether memory holds on to a result while nobody uses it. */
  static boolean isSmall(Result result) {
    return result.bytes() <= SMALL;
  }

  @Nullable Result find(String digest) {
    Caches made = caches;
    if (made == null) {
      return null;
    }
    Result result = made.small().getIfPresent(digest);
    return result == null ? made.large().getIfPresent(digest) : result;
  }

  void keep(String digest, Result result) {
    Caches made = made();
    (isSmall(result) ? made.small() : made.large()).put(digest, result);
  }

  private Caches made() {
    making.lock();
    try {
      Caches known = caches;
      if (known == null) {
        known = Caches.make();
        caches = known;
      }
      return known;
    } finally {
      making.unlock();
    }
  }

  void forget(String digest) {
    Caches made = caches;
    if (made != null) {
      made.small().invalidate(digest);
      made.large().invalidate(digest);
    }
  }

  void clear() {
    Caches made = caches;
    if (made != null) {
      made.small().invalidateAll();
      made.large().invalidateAll();
    }
  }
}
