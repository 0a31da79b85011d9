package dev.nightjar.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes runs that have ended, with everything that is kept of them. */
final class Forgetting {

  /** Runs in one transaction: others want to write, too. */
  private static final int AT_ONCE = 20;

  private final Database database;
  private final Leases leases;

  Forgetting(Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
  }

  /** A run that is to go. */
  private record Old(long key, String id, String digest) {}

  List<String> forget(Retention retention) {
    List<Old> old = database.read(connection -> old(connection, retention));
    Duration age = retention.age();
    if (age != null) {
      database.change(connection -> SqlFirings.deleteOlder(connection, oldest(connection, age)));
    }
    List<String> gone = new ArrayList<>();
    for (int from = 0; from < old.size(); from += AT_ONCE) {
      List<Old> some = old.subList(from, Math.min(old.size(), from + AT_ONCE));
      gone.addAll(database.write(connection -> forget(connection, some)));
    }
    return gone;
  }

  private List<Old> old(Connection connection, Retention retention) throws SQLException {
    long oldest = retention.age() == null ? Long.MIN_VALUE : oldest(connection, retention.age());
    Map<String, Integer> kept = new HashMap<>();
    List<Old> old = new ArrayList<>();
    String sql =
        "SELECT key, id, digest, workflow, ended FROM nightjar_runs WHERE ended IS NOT NULL"
            + " ORDER BY id DESC";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        int number = kept.merge(rows.getString(4), 1, Integer::sum);
        if (rows.getLong(5) < oldest || (retention.runs() > 0 && number > retention.runs())) {
          old.add(new Old(rows.getLong(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return old;
  }

  private long oldest(Connection connection, Duration age) throws SQLException {
    return leases.now(connection) - age.toNanos();
  }

  private List<String> forget(Connection connection, List<Old> some) throws SQLException {
    // Before a run with a workflow's text begins, or after: not while its text goes.
    Runs.lockKeys(connection);
    long now = leases.now(connection);
    List<Long> held =
        leases.lock(connection, some.stream().map(Old::key).toList()).stream()
            .filter(lease -> lease.isLive(now, leases.self()))
            .map(Lease::run)
            .toList();
    List<String> gone = new ArrayList<>();
    for (Old one : some) {
      // One that has just ended may still be at its last lines.
      if (!held.contains(one.key())) {
        Events.delete(connection, one.key());
        Search.delete(connection, one.key());
        SqlFirings.delete(connection, one.id());
        Runs.delete(connection, one.key(), one.digest());
        gone.add(one.id());
      }
    }
    return gone;
  }
}
