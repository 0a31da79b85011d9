package dev.nightjar.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cache holds and what it was good for.
 *
 * @param bytes on disk
 * @param limit in bytes
 * @param hits since the cache was made, as are the misses
 * @param mostAccessed the entries used most, the first one most often
 */
public record CacheStats(
    long entries, long bytes, long limit, long hits, long misses, List<Entry> mostAccessed) {

  /** The share of hits, from 0 to 1; 0 when nothing was asked for. */
  public double hitRate() {
    return hits == 0 ? 0 : (double) hits / (hits + misses);
  }

  /** A result that is kept. */
  public record Entry(
      String place,
      String digest,
      long bytes,
      long accesses,
      Instant kept,
      Instant used,
      @Nullable Instant expires) {}
}
