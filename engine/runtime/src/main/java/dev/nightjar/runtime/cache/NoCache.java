package dev.nightjar.runtime.cache;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has nothing and keeps nothing. */
final class NoCache implements ResultCache {

  @Override
  public BitSet known(List<WorkKey> keys, @Nullable Duration ttl) {
    return new BitSet();
  }

  @Override
  public Map<WorkKey, Result> find(Collection<WorkKey> keys, @Nullable Duration ttl) {
    return Map.of();
  }

  @Override
  public void used(Collection<WorkKey> hits, long misses) {}

  @Override
  public void forget(WorkKey key) {}

  @Override
  public @Nullable WorkKey latest(String place) {
    return null;
  }

  @Override
  public void keep(List<Kept> results, @Nullable Duration ttl, boolean memoryOnly) {}
}
