package dev.nightjar.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of triggers and firings. */
final class SqlFirings implements Firings {

  private static final String COLUMNS =
      "SELECT workflow, name, cause, due, last, decided, run, reason, request FROM nightjar_firings WHERE ";

  /** The number of a run's first event. */
  private static final long FIRST = 1;

  private final SqlStore store;
  private final Database database;
  private final Runs runs;

  SqlFirings(SqlStore store, Database database, Runs runs) {
    this.store = store;
    this.database = database;
    this.runs = runs;
  }

  @Override
  public Known know(String workflow, String trigger, String definition, Instant now) {
    return known(workflow, trigger)
        .filter(one -> one.definition().equals(definition))
        .orElseGet(() ->
            database.write(connection -> {
              update(
                  connection,
                  """
                  INSERT INTO nightjar_triggers (workflow, name, definition, since, decided)
                  VALUES (?, ?, ?, ?, ?)
                  ON CONFLICT (workflow, name) DO UPDATE
                    SET definition = excluded.definition, since = excluded.since,
                      decided = excluded.decided
                    WHERE nightjar_triggers.definition <> excluded.definition
                  """,
                  workflow,
                  trigger,
                  definition,
                  Nanos.of(now),
                  Nanos.of(now));
              return known(connection, workflow, trigger).orElseThrow();
            }));
  }

  private static Optional<Known> known(Connection connection, String workflow, String trigger)
      throws SQLException {
    String sql =
        "SELECT definition, since, decided FROM nightjar_triggers WHERE workflow = ? AND name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, workflow, trigger);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Known(
                    workflow,
                    trigger,
                    rows.getString(1),
                    Nanos.instant(rows.getLong(2)),
                    Nanos.instant(rows.getLong(3))))
            : Optional.empty();
      }
    }
  }

  @Override
  public void forget(String workflow, String trigger) {
    database.change(connection ->
        update(
            connection,
            "DELETE FROM nightjar_triggers WHERE workflow = ? AND name = ?",
            workflow,
            trigger));
  }

  @Override
  public Optional<Known> known(String workflow, String trigger) {
    return database.read(connection -> known(connection, workflow, trigger));
  }

  /**
   * The order in which rows are written: two daemons with the same causes never block each other.
   */
  private static int order(Firing one, Firing other) {
    int order = one.workflow().compareTo(other.workflow());
    if (order == 0) {
      order = one.trigger().compareTo(other.trigger());
    }
    return order == 0 ? one.cause().compareTo(other.cause()) : order;
  }

  @Override
  public List<Optional<OwnedRun>> fire(List<Due> due) {
    List<Integer> order =
        IntStream.range(0, due.size())
            .boxed()
            .sorted((i, j) -> order(due.get(i).firing(), due.get(j).firing()))
            .toList();
    Map<Integer, Lease> begun =
        database.write(connection -> {
          Map<Integer, Lease> leases = new TreeMap<>();
          for (int i : order) {
            Due one = due.get(i);
            if (decide(connection, one.firing().withRun(one.run().id()))) {
              Lease lease = store.insert(connection, one.run());
              leases.put(i, lease);
              Events.insert(
                  connection,
                  List.of(new Events.Row(lease.run(), FIRST, Events.encode(one.started()))));
            }
            see(connection, one.firing().workflow(), one.firing().trigger(), one.seen());
          }
          return leases;
        });
    List<Optional<OwnedRun>> owned = new ArrayList<>();
    for (int i = 0; i < due.size(); i++) {
      Lease lease = begun.get(i);
      owned.add(
          lease == null
              ? Optional.empty()
              : Optional.of(store.live(lease, FIRST, due.get(i).listener())));
    }
    return owned;
  }

  /** Whether it was not decided before. */
  private static boolean decide(Connection connection, Firing firing) throws SQLException {
    int inserted =
        update(
            connection,
            """
            INSERT INTO nightjar_firings
              (workflow, name, cause, due, last, decided, run, reason, request)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            firing.workflow(),
            firing.trigger(),
            firing.cause(),
            Nanos.of(firing.due()),
            Nanos.of(firing.last()),
            Nanos.of(firing.decided()),
            firing.run(),
            firing.reason(),
            firing.request());
    update(
        connection,
        "UPDATE nightjar_triggers SET decided = ? WHERE workflow = ? AND name = ? AND decided < ?",
        Nanos.of(firing.last()),
        firing.workflow(),
        firing.trigger(),
        Nanos.of(firing.last()));
    return inserted == 1;
  }

  @Override
  public void pass(List<Firing> firings) {
    database.change(connection -> {
      for (Firing firing : firings.stream().sorted(SqlFirings::order).toList()) {
        boolean _ = decide(connection, firing);
      }
    });
  }

  @Override
  public void putBack(String workflow, String trigger, Instant to) {
    database.change(connection ->
        update(
            connection,
            "UPDATE nightjar_triggers SET decided = ? WHERE workflow = ? AND name = ? AND decided > ?",
            Nanos.of(to),
            workflow,
            trigger,
            Nanos.of(to)));
  }

  @Override
  public Optional<Firing> find(String workflow, String trigger, String cause) {
    return select("workflow = ? AND name = ? AND cause = ?", workflow, trigger, cause).stream()
        .findFirst();
  }

  @Override
  public Optional<Firing> of(String run) {
    return select("run = ?", run).stream().findFirst();
  }

  @Override
  public List<Firing> list(String workflow, @Nullable String trigger, Instant before, int limit) {
    String newest = " AND due < ? ORDER BY due DESC, name, cause LIMIT " + Math.max(1, limit);
    return trigger == null
        ? select("workflow = ?" + newest, workflow, Nanos.of(before))
        : select("workflow = ? AND name = ?" + newest, workflow, trigger, Nanos.of(before));
  }

  @Override
  public List<Firing> between(String workflow, Instant from, Instant to, int limit) {
    return select(
        "workflow = ? AND due < ? AND last >= ? ORDER BY due, name, cause LIMIT "
            + Math.max(1, limit),
        workflow,
        Nanos.of(to),
        Nanos.of(from));
  }

  private List<Firing> select(String where, Object... values) {
    return database.read(connection -> {
      List<Firing> firings = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(COLUMNS + where)) {
        bind(select, values);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            firings.add(firing(rows));
          }
        }
      }
      return firings;
    });
  }

  private static Firing firing(ResultSet rows) throws SQLException {
    return new Firing(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        Nanos.instant(rows.getLong(4)),
        Nanos.instant(rows.getLong(5)),
        Nanos.instant(rows.getLong(6)),
        rows.getString(7),
        rows.getString(8),
        rows.getString(9));
  }

  @Override
  public List<StoredRun> undecided(Known trigger, String of, String outcome, int limit) {
    return database.read(connection ->
        runs.select(
            connection,
            """
            r.workflow = ? AND r.outcome = ? AND r.ended >= ?
              AND NOT EXISTS (SELECT 1 FROM nightjar_firings f
                WHERE f.workflow = ? AND f.name = ? AND f.cause = r.id)
            """,
            List.of(of, outcome, Nanos.of(trigger.since()), trigger.workflow(), trigger.trigger()),
            "r.ended",
            limit));
  }

  @Override
  public Map<String, String> seenFiles(String workflow, String trigger) {
    return database.read(connection -> {
      Map<String, String> stamps = new TreeMap<>();
      String sql = "SELECT path, stamp FROM nightjar_seen_files WHERE workflow = ? AND name = ?";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        bind(select, workflow, trigger);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            stamps.put(rows.getString(1), rows.getString(2));
          }
        }
      }
      return stamps;
    });
  }

  @Override
  public void see(String workflow, String trigger, Map<String, String> stamps, List<String> gone) {
    database.change(connection -> {
      see(connection, workflow, trigger, stamps);
      for (String path : gone) {
        update(
            connection,
            "DELETE FROM nightjar_seen_files WHERE workflow = ? AND name = ? AND path = ?",
            workflow,
            trigger,
            path);
      }
    });
  }

  private static void see(
      Connection connection, String workflow, String trigger, Map<String, String> stamps)
      throws SQLException {
    for (Map.Entry<String, String> file : new TreeMap<>(stamps).entrySet()) {
      update(
          connection,
          """
          INSERT INTO nightjar_seen_files (workflow, name, path, stamp) VALUES (?, ?, ?, ?)
          ON CONFLICT (workflow, name, path) DO UPDATE SET stamp = excluded.stamp
          """,
          workflow,
          trigger,
          file.getKey(),
          file.getValue());
    }
  }

  /** With a run that is forgotten; what began none is forgotten by its age. */
  static void delete(Connection connection, String run) throws SQLException {
    update(connection, "DELETE FROM nightjar_firings WHERE run = ?", run);
  }

  /** What began no run, decided before a moment. */
  static void deleteOlder(Connection connection, long nanos) throws SQLException {
    update(connection, "DELETE FROM nightjar_firings WHERE run IS NULL AND decided < ?", nanos);
  }

  private static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, values);
      return update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, Types.VARCHAR);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }
}
