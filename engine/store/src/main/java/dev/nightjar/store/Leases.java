package dev.nightjar.store;

import dev.nightjar.store.NewRun.Overlap;
import dev.nightjar.store.NewRun.Pool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of leases. Rows are always locked in the order of the runs' keys, so that no two
 * transactions wait for each other.
 */
final class Leases {

  private static final String SELECT =
      """
      SELECT l.run, r.id, l.fence, l.host, l.boot, l.pid, l.born, l.since, l.until,
        l.pool, l.pool_limit, l.overlap, l.ticket, l.admitted, l.cancel
      FROM nightjar_leases l JOIN nightjar_runs r ON r.key = l.run
      """;

  private final Dialect dialect;
  private final Duration length;
  private final Owner self;

  Leases(Dialect dialect, Duration length, Owner self) {
    this.dialect = dialect;
    this.length = length;
    this.self = self;
  }

  Owner self() {
    return self;
  }

  long now(Connection connection) throws SQLException {
    return dialect.now(connection);
  }

  /** This process's, of a run that begins. */
  void insert(Connection connection, long run, @Nullable Pool pool) throws SQLException {
    String sql =
        """
        INSERT INTO nightjar_leases
          (run, fence, host, boot, pid, born, since, until, pool, pool_limit, overlap, admitted)
        VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    long now = now(connection);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, run);
      int next = bindOwner(insert, 2, now);
      if (pool == null) {
        insert.setNull(next, Types.VARCHAR);
        insert.setNull(next + 1, Types.INTEGER);
        insert.setNull(next + 2, Types.VARCHAR);
      } else {
        insert.setString(next, pool.name());
        insert.setInt(next + 1, pool.limit());
        insert.setString(next + 2, pool.overlap().name());
      }
      insert.setInt(next + 3, pool == null ? 1 : 0);
      insert.executeUpdate();
    }
  }

  /** Makes this process the owner; a run of a pool has to wait for its turn again. */
  void take(Connection connection, Lease lease) throws SQLException {
    String sql =
        """
        UPDATE nightjar_leases SET fence = ?, host = ?, boot = ?, pid = ?, born = ?, since = ?,
          until = ?, ticket = NULL, admitted = ?
        WHERE run = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, lease.fence() + 1);
      int next = bindOwner(update, 2, now(connection));
      update.setInt(next, lease.pool() == null ? 1 : 0);
      update.setLong(next + 1, lease.run());
      update.executeUpdate();
    }
  }

  private int bindOwner(PreparedStatement statement, int first, long now) throws SQLException {
    statement.setString(first, self.host());
    statement.setString(first + 1, self.boot());
    statement.setLong(first + 2, self.pid());
    statement.setString(first + 3, self.born());
    statement.setLong(first + 4, now);
    statement.setLong(first + 5, now + length.toNanos());
    return first + 6;
  }

  /** The leases of runs, which nobody else changes until the commit. */
  List<Lease> lock(Connection connection, Collection<Long> runs) throws SQLException {
    return select(connection, "l.run IN (" + keys(runs) + ")", null, dialect.locking("l"));
  }

  /** The leases of a pool's runs that have not ended, which nobody else changes. */
  List<Lease> lockPool(Connection connection, String pool) throws SQLException {
    return select(connection, OF_POOL, pool, dialect.locking("l"));
  }

  private static final String OF_POOL = "l.pool = ? AND r.ended IS NULL";

  /** As {@link #lockPool}, as they are now. */
  List<Lease> ofPool(Connection connection, String pool) throws SQLException {
    return select(connection, OF_POOL, pool, "");
  }

  /** The leases that have not run out, though their owners may be dead. */
  List<Lease> unexpired(Connection connection, long now) throws SQLException {
    return select(connection, "l.until > " + now, null, "");
  }

  /** Those of these runs that somebody wants to end. */
  List<Lease> cancelled(Connection connection, Collection<Long> runs) throws SQLException {
    String where = "l.run IN (" + keys(runs) + ") AND l.cancel IS NOT NULL";
    return select(connection, where, null, "");
  }

  private static List<Lease> select(
      Connection connection, String where, @Nullable String text, String locking)
      throws SQLException {
    String sql = SELECT + "WHERE " + where + " ORDER BY l.run" + locking;
    List<Lease> leases = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      if (text != null) {
        select.setString(1, text);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          leases.add(lease(rows));
        }
      }
    }
    return leases;
  }

  private static Lease lease(ResultSet rows) throws SQLException {
    String pool = rows.getString(10);
    long ticket = rows.getLong(13);
    boolean noTicket = rows.wasNull();
    return new Lease(
        rows.getLong(1),
        rows.getString(2),
        rows.getLong(3),
        new Owner(rows.getString(4), rows.getString(5), rows.getLong(6), rows.getString(7)),
        Nanos.instant(rows.getLong(8)),
        rows.getLong(9),
        pool == null ? null : new Pool(pool, rows.getInt(11), Overlap.valueOf(rows.getString(12))),
        noTicket ? null : ticket,
        rows.getInt(14) == 1,
        rows.getString(15));
  }

  /** Makes leases last their whole length from now; they are locked and this process's. */
  void renew(Connection connection, Collection<Long> runs) throws SQLException {
    update(
        connection,
        "UPDATE nightjar_leases SET until = ? WHERE run IN (" + keys(runs) + ")",
        now(connection) + length.toNanos());
  }

  /** Leaves a run to whoever wants it; one that has ended needs no lease any more. */
  void giveBack(Connection connection, long run, long fence) throws SQLException {
    String mine = " WHERE run = ? AND fence = ?";
    update(connection, "UPDATE nightjar_leases SET until = 0" + mine, run, fence);
    update(
        connection,
        "DELETE FROM nightjar_leases"
            + mine
            + " AND EXISTS (SELECT 1 FROM nightjar_runs WHERE key = run AND ended IS NOT NULL)",
        run,
        fence);
  }

  /** Takes a run that nobody can be heard of out of its pool: its owner can commit nothing more. */
  void evict(Connection connection, long run) throws SQLException {
    update(
        connection,
        "UPDATE nightjar_leases SET fence = fence + 1, until = 0, ticket = NULL, admitted = 0"
            + " WHERE run = ?",
        run);
  }

  void admit(Connection connection, long run) throws SQLException {
    update(connection, "UPDATE nightjar_leases SET admitted = 1 WHERE run = ?", run);
  }

  void queue(Connection connection, long run, long ticket) throws SQLException {
    update(connection, "UPDATE nightjar_leases SET ticket = ? WHERE run = ?", ticket, run);
  }

  /** Takes a run out of the queue. */
  void withdraw(Connection connection, long run, long fence) throws SQLException {
    update(
        connection,
        "UPDATE nightjar_leases SET ticket = NULL WHERE run = ? AND fence = ?",
        run,
        fence);
  }

  /** Asks for a cancel where nobody has yet; false when the run has ended. */
  static boolean cancel(Connection connection, long run, String reason) throws SQLException {
    String sql = "UPDATE nightjar_leases SET cancel = coalesce(cancel, ?) WHERE run = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, reason);
      update.setLong(2, run);
      return update.executeUpdate() == 1;
    }
  }

  private static void update(Connection connection, String sql, long... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setLong(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  private static String keys(Collection<Long> runs) {
    return runs.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
