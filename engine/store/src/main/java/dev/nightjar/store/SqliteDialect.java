package dev.nightjar.store;

import java.sql.Connection;
import java.time.InstantSource;

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
  public void lockPool(Connection connection, String pool) {
    // The transaction has the whole file.
  }
}
