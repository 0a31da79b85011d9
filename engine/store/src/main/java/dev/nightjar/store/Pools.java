package dev.nightjar.store;

import dev.nightjar.store.NewRun.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Decides whose turn it is in a pool, each time anew from the runs that are live: there is nothing
 * that a crash could leave counted.
 */
final class Pools {

  private final Dialect dialect;
  private final Leases leases;

  Pools(Dialect dialect, Leases leases) {
    this.dialect = dialect;
    this.leases = leases;
  }

  /** What was decided. */
  sealed interface Answer {

    /** It is the run's turn. */
    record Go() implements Answer {}

    /** There are too many. */
    record Wait(List<String> behind) implements Answer {}

    /** There are too many, and it is not to wait. */
    record Refuse(List<String> running) implements Answer {}

    /** The run is no longer this process's. */
    record Gone() implements Answer {}
  }

  /** Whether a decision may have become another one; changes nothing. */
  boolean mayGo(Connection connection, long run, Pool pool) throws SQLException {
    List<Lease> all = leases.ofPool(connection, pool.name());
    Lease mine = find(all, run);
    return mine == null
        || mine.ticket() == null
        || before(mine, all, leases.now(connection)).size() < pool.limit();
  }

  /** Decides for a run; a run that is to wait gets its place in the queue. */
  Answer decide(Connection connection, long run, long fence, Pool pool) throws SQLException {
    dialect.lockPool(connection, pool.name());
    List<Lease> all = leases.lockPool(connection, pool.name());
    Lease mine = find(all, run);
    if (mine == null || mine.fence() != fence) {
      return new Answer.Gone();
    }
    if (mine.admitted()) {
      return new Answer.Go();
    }
    long now = leases.now(connection);
    List<Lease> before = before(mine, all, now);
    if (before.size() < pool.limit()) {
      admit(connection, mine, all, now, pool.limit());
      return new Answer.Go();
    }
    List<String> ids = before.stream().map(Lease::id).toList();
    return switch (pool.overlap()) {
      case SKIP, FAIL -> new Answer.Refuse(ids);
      case QUEUE -> {
        queue(connection, mine, all);
        yield new Answer.Wait(ids);
      }
      case CANCEL_RUNNING -> {
        queue(connection, mine, all);
        for (Lease other : before) {
          if (other.admitted()) {
            Leases.cancel(connection, other.run(), "run %s takes its place".formatted(mine.id()));
          }
        }
        yield new Answer.Wait(ids);
      }
    };
  }

  private static @org.jspecify.annotations.Nullable Lease find(List<Lease> all, long run) {
    return all.stream().filter(one -> one.run() == run).findFirst().orElse(null);
  }

  /** The live runs that are admitted, and those that have waited longer. */
  private List<Lease> before(Lease mine, List<Lease> all, long now) {
    long ticket = mine.ticket() == null ? Long.MAX_VALUE : mine.ticket();
    return all.stream()
        .filter(one -> one.run() != mine.run())
        .filter(one -> one.admitted() || (one.ticket() != null && one.ticket() < ticket))
        .filter(one -> one.isLive(now, leases.self()))
        .toList();
  }

  private void queue(Connection connection, Lease mine, List<Lease> all) throws SQLException {
    if (mine.ticket() == null) {
      long last =
          all.stream()
              .map(Lease::ticket)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(0L);
      leases.queue(connection, mine.run(), last + 1);
    }
  }

  /**
   * A run whose lease ran out may only be stopped, and wake: where there would be too many then, it
   * loses its turn now.
   */
  private void admit(Connection connection, Lease mine, List<Lease> all, long now, int limit)
      throws SQLException {
    List<Lease> admitted = all.stream().filter(Lease::admitted).toList();
    List<Lease> silent = admitted.stream().filter(one -> !one.isLive(now, leases.self())).toList();
    int tooMany = Math.clamp(admitted.size() + 1L - limit, 0, silent.size());
    for (Lease one : silent.subList(0, tooMany)) {
      leases.evict(connection, one.run());
    }
    leases.admit(connection, mine.run());
  }
}
