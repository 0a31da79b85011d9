package dev.nightjar.store;

import dev.nightjar.store.Words.Sought;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** SQLite: one changing transaction at a time, and one machine. */
final class SqliteDialect implements Dialect {

  private final InstantSource clock;

  SqliteDialect(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String id() {
    return "sqlite";
  }

  @Override
  public String types(String sql) {
    return sql.replace("${key}", "INTEGER PRIMARY KEY")
        .replace("${id}", "TEXT")
        .replace("${bytes}", "BLOB");
  }

  @Override
  public String locking(String table) {
    return "";
  }

  @Override
  public long now(Connection connection) {
    return Nanos.of(clock.instant());
  }

  @Override
  public String match() {
    return "nightjar_words MATCH ?";
  }

  @Override
  public String query(List<Sought> words) {
    return words.stream()
        .map(one -> '"' + one.word() + '"' + (one.beginning() ? "*" : ""))
        .collect(Collectors.joining(" AND "));
  }

  @Override
  public void insertWords(Connection connection, Map<Long, SequencedSet<String>> words)
      throws SQLException {
    String sql = "INSERT INTO nightjar_words (rowid, words) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, SequencedSet<String>> event : words.entrySet()) {
        insert.setLong(1, event.getKey());
        insert.setString(2, String.join(" ", event.getValue()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public void lockPool(Connection connection, String pool) {
    // The transaction has the whole file.
  }
}
