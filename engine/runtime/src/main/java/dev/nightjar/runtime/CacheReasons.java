package dev.nightjar.runtime;

import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.runtime.journal.Event.CacheMiss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the cache had nothing for some work. */
final class CacheReasons {

  /** A longer value is told by its beginning. */
  private static final int LONGEST = 200;

  /** What has changed is mostly one thing, and what follows from it. */
  private static final int FIELDS = 3;

  private CacheReasons() {}

  /** What differs from the work that was done in the same place before. */
  static List<CacheMiss> of(WorkKey key, @Nullable WorkKey before) {
    String source = key.split().getOrDefault("split.source", "");
    if (before == null) {
      return List.of(new CacheMiss(source, "none", null, null));
    }
    List<WorkKey.Difference> differences = key.since(before);
    if (differences.isEmpty()) {
      return List.of(new CacheMiss(source, "expired", null, null));
    }
    return differences.stream()
        .limit(FIELDS)
        .map(one -> new CacheMiss(source, one.field(), shortened(one.was()), shortened(one.is())))
        .toList();
  }

  private static @Nullable String shortened(@Nullable String value) {
    return value == null || value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
  }
}
