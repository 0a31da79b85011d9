package dev.nightjar.store;

import dev.nightjar.store.Words.Sought;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** PostgreSQL: several transactions and several machines at once. */
final class PostgresDialect implements Dialect {

  @Override
  public String id() {
    return "postgresql";
  }

  @Override
  public String types(String sql) {
    // "C" compares bytes, as SQLite does; a database's own order may pass over hyphens.
    return sql.replace("${key}", "BIGINT PRIMARY KEY")
        .replace("${id}", "TEXT COLLATE \"C\"")
        .replace("${bytes}", "BYTEA");
  }

  @Override
  public String locking(String table) {
    return " FOR UPDATE OF " + table;
  }

  @Override
  public long now(Connection connection) throws SQLException {
    String sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::BIGINT * 1000";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public String match() {
    return "words @@ ?::tsquery";
  }

  @Override
  public String query(List<Sought> words) {
    return words.stream()
        .map(one -> "'" + one.word() + "'" + (one.beginning() ? ":*" : ""))
        .collect(Collectors.joining(" & "));
  }

  @Override
  public void insertWords(Connection connection, Map<Long, SequencedSet<String>> words)
      throws SQLException {
    String sql = "INSERT INTO nightjar_words (rowid, words) VALUES (?, array_to_tsvector(?))";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, SequencedSet<String>> event : words.entrySet()) {
        insert.setLong(1, event.getKey());
        insert.setArray(2, connection.createArrayOf("text", event.getValue().toArray()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public void lockPool(Connection connection, String pool) throws SQLException {
    lock(connection, "pool " + pool);
  }

  /** Until the end of the transaction. */
  static void lock(Connection connection, String what) throws SQLException {
    String sql =
        "SELECT pg_advisory_xact_lock(hashtextextended('nightjar ' || current_schema() || ? , 0))";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, " " + what);
      statement.execute();
    }
  }
}
