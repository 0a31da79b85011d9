package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Store.Page;
import dev.nightjar.store.StoredRun.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of runs: what follows from their events, for lists. */
final class Runs {

  /** Behind every text that begins with another one. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final Set<String> OUTCOMES =
      Stream.of(Outcome.values()).map(Outcome::name).collect(Collectors.toUnmodifiableSet());

  private static final String NEWEST = "r.id DESC";

  private final Leases leases;

  Runs(Leases leases) {
    this.leases = leases;
  }

  /**
   * Writes down a run that begins.
   *
   * @return its key
   */
  static long insert(Connection connection, NewRun run) throws SQLException {
    long key;
    try (PreparedStatement next =
            connection.prepareStatement("UPDATE nightjar_keys SET last = last + 1 RETURNING last");
        ResultSet rows = next.executeQuery()) {
      rows.next();
      key = rows.getLong(1);
    }
    update(
        connection,
        "INSERT INTO nightjar_workflows (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
        run.digest(),
        run.text());
    update(
        connection,
        "INSERT INTO nightjar_runs (key, id, workflow, file, digest, started)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        key,
        run.id(),
        run.workflow(),
        run.file(),
        run.digest(),
        Nanos.of(run.started()));
    return key;
  }

  /** Changes what the event changes. */
  static void apply(Connection connection, long run, Event event) throws SQLException {
    if (event instanceof Event.RunStarted started) {
      update(
          connection,
          "UPDATE nightjar_runs SET workflow = ?, file = ?, digest = ?, started = ?"
              + " WHERE key = ?",
          started.workflow(),
          started.file(),
          started.digest(),
          Nanos.of(started.at()),
          run);
    } else if (event instanceof Event.RunEnded ended) {
      update(
          connection,
          "UPDATE nightjar_runs SET ended = ?, outcome = ?, failure = ? WHERE key = ?",
          Nanos.of(ended.at()),
          ended.result().outcome().name(),
          ended.result().failure() == null ? null : ended.result().failure().message(),
          run);
    }
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, List.of(), values);
      update.executeUpdate();
    }
  }

  private static void bind(
      PreparedStatement statement, List<Object> first, @Nullable Object... then)
      throws SQLException {
    int place = 0;
    for (Object value : first) {
      statement.setObject(++place, value);
    }
    for (Object value : then) {
      if (value == null) {
        statement.setNull(++place, java.sql.Types.VARCHAR);
      } else {
        statement.setObject(++place, value);
      }
    }
  }

  /** The key of a run, by its whole id. */
  static Optional<Long> key(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT key FROM nightjar_runs WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }

  /** Waits for a run that is beginning, and lets none begin until the commit. */
  static void lockKeys(Connection connection) throws SQLException {
    update(connection, "UPDATE nightjar_keys SET last = last");
  }

  /** With its lease, and with the workflow's text when no other run has that. */
  static void delete(Connection connection, long run, String digest) throws SQLException {
    update(connection, "DELETE FROM nightjar_leases WHERE run = ?", run);
    update(connection, "DELETE FROM nightjar_runs WHERE key = ?", run);
    update(
        connection,
        "DELETE FROM nightjar_workflows WHERE digest = ?"
            + " AND NOT EXISTS (SELECT 1 FROM nightjar_runs WHERE digest = ?)",
        digest,
        digest);
  }

  static String id(Connection connection, long run) throws SQLException {
    return text(connection, "id", run);
  }

  static String workflowOf(Connection connection, long run) throws SQLException {
    return text(connection, "workflow", run);
  }

  private static String text(Connection connection, String column, long run) throws SQLException {
    String sql = "SELECT " + column + " FROM nightjar_runs WHERE key = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  /** Whether a run has ended and was given back: no event of it will come any more. */
  static boolean isOver(Connection connection, long run) throws SQLException {
    String sql = "SELECT run FROM nightjar_leases WHERE run = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, run);
      try (ResultSet rows = select.executeQuery()) {
        return !rows.next() && isEnded(connection, run);
      }
    }
  }

  static boolean isEnded(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT ended FROM nightjar_runs WHERE key = ?")) {
      select.setLong(1, run);
      try (ResultSet rows = select.executeQuery()) {
        return !rows.next() || rows.getObject(1) != null;
      }
    }
  }

  static Optional<String> workflow(Connection connection, String digest) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT text FROM nightjar_workflows WHERE digest = ?")) {
      select.setString(1, digest);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  /** By its id or by a beginning that no other one has. */
  Optional<StoredRun> find(Connection connection, String id) throws SQLException {
    List<StoredRun> whole = select(connection, "r.id = ?", List.of(id), NEWEST, 1);
    if (!whole.isEmpty()) {
      return Optional.of(whole.getFirst());
    }
    List<StoredRun> begun =
        select(connection, "r.id >= ? AND r.id < ?", List.of(id, id + LAST), NEWEST, 2);
    return begun.size() == 1 && !id.isEmpty() ? Optional.of(begun.getFirst()) : Optional.empty();
  }

  /** The newest first. */
  Page<StoredRun> list(Connection connection, RunQuery query) throws SQLException {
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    List<Object> values = new ArrayList<>();
    condition(conditions, values, "r.workflow = ?", query.workflow());
    condition(conditions, values, "r.file = ?", query.file());
    condition(conditions, values, "r.started >= ?", nanos(query.since()));
    condition(conditions, values, "r.started < ?", nanos(query.until()));
    condition(conditions, values, "r.id < ?", query.cursor());
    oneOf(conditions, values, "r.outcome", query.outcomes());
    oneOf(conditions, values, STATE, query.states());
    int limit = Math.max(1, query.limit());
    List<StoredRun> runs =
        select(connection, String.join(" AND ", conditions), values, NEWEST, limit + 1);
    return runs.size() > limit
        ? new Page<>(runs.subList(0, limit), runs.get(limit - 1).id())
        : new Page<>(runs, null);
  }

  private static @Nullable Long nanos(@Nullable Instant instant) {
    return instant == null ? null : Nanos.of(instant);
  }

  private static void condition(
      List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  private static void oneOf(
      List<String> conditions, List<Object> values, String what, Collection<? extends Enum<?>> of) {
    if (!of.isEmpty()) {
      conditions.add(what + " IN (" + String.join(", ", Collections.nCopies(of.size(), "?")) + ")");
      of.forEach(one -> values.add(one.name()));
    }
  }

  /** Stands for the expression that says where a run stands, now. */
  private static final String STATE = "{state}";

  /**
   * Runs of which a condition is true.
   *
   * @param values for the condition's question marks
   */
  List<StoredRun> select(
      Connection connection, String where, List<Object> values, String order, int limit)
      throws SQLException {
    String sql =
        """
        SELECT r.id, r.workflow, r.file, r.digest, r.started, r.ended, {state}, r.outcome,
          r.failure, l.host, l.boot, l.pid, l.born
        FROM nightjar_runs r LEFT JOIN nightjar_leases l ON l.run = r.key
        """
            + "WHERE "
            + where
            + " ORDER BY "
            + order
            + " LIMIT ?";
    List<StoredRun> runs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(sql.replace(STATE, state(connection)))) {
      bind(select, values, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(run(rows));
        }
      }
    }
    return runs;
  }

  /** The owners that are dead can only be told here, and they are few. */
  private String state(Connection connection) throws SQLException {
    long now = leases.now(connection);
    String dead =
        leases.unexpired(connection, now).stream()
            .filter(one -> one.owner().isDead(leases.self()))
            .map(one -> String.valueOf(one.run()))
            .collect(Collectors.joining(","));
    return "CASE WHEN r.ended IS NOT NULL THEN 'ENDED'"
        + " WHEN l.run IS NULL OR l.until <= "
        + now
        + (dead.isEmpty() ? "" : " OR l.run IN (" + dead + ")")
        + " THEN 'UNFINISHED' WHEN l.admitted = 1 THEN 'RUNNING' ELSE 'QUEUED' END";
  }

  private static StoredRun run(ResultSet rows) throws SQLException {
    long ended = rows.getLong(6);
    boolean open = rows.wasNull();
    State state = State.valueOf(rows.getString(7));
    String outcome = rows.getString(8);
    if (outcome != null && !OUTCOMES.contains(outcome)) {
      throw new SQLException("there is no outcome " + outcome);
    }
    boolean owned = state == State.RUNNING || state == State.QUEUED;
    return new StoredRun(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        rows.getString(4),
        Nanos.instant(rows.getLong(5)),
        open ? null : Nanos.instant(ended),
        state,
        outcome == null ? null : Outcome.valueOf(outcome),
        rows.getString(9),
        owned
            ? new Owner(
                    rows.getString(10), rows.getString(11), rows.getLong(12), rows.getString(13))
                .toString()
            : null);
  }
}
