package dev.nightjar.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that several machines share. */
final class PostgresDatabase implements Database {

  private static final int CONNECTIONS = 8;

  /** For a connection; then the server counts as gone. */
  private static final long CONNECT_MILLIS = 10_000;

  /** For an answer; longer than any lock is waited for. */
  private static final int ANSWER_SECONDS = 60;

  private final String name;
  private final Schema schema;
  private final HikariDataSource source;
  private final PostgresDialect dialect = new PostgresDialect();
  private final PlatformThreads threads = new PlatformThreads("nightjar-postgres-");

  private PostgresDatabase(String name, Schema schema, HikariDataSource source) {
    this.name = name;
    this.schema = schema;
    this.source = source;
  }

  static PostgresDatabase open(String url, Schema schema) {
    // What may hold a password stands behind the question mark.
    String name = url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    HikariConfig config = config(url);
    PostgresDatabase database;
    try {
      database = new PostgresDatabase(name, schema, new HikariDataSource(config));
    } catch (PoolInitializationException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      throw new StoreException(
          "The %s %s cannot be reached (%s). See that the server runs, and to its name, user and password."
              .formatted(schema.what(), name, cause.getMessage()),
          cause);
    }
    try {
      database.migrate();
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
    return database;
  }

  private static HikariConfig config(String url) {
    var config = new HikariConfig();
    config.setPoolName("nightjar-store");
    config.setJdbcUrl(url);
    config.setDriverClassName("org.postgresql.Driver");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setAutoCommit(false);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
    config.addDataSourceProperty("ApplicationName", "nightjar");
    // Whoever stops in the middle of a transaction holds up others only for a while.
    config.setConnectionInitSql(
        "SET synchronous_commit = on; SET lock_timeout = '30s';"
            + " SET idle_in_transaction_session_timeout = '30s'");
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return config;
  }

  private void migrate() {
    var migrations = new Migrations(schema, dialect);
    String table = "nightjar_version";
    if (read(connection -> version(connection, table)) == migrations.newest()) {
      return;
    }
    change(connection -> {
      PostgresDialect.lock(connection, "migration");
      upgrade(connection, migrations, table);
    });
  }

  private void upgrade(Connection connection, Migrations migrations, String table)
      throws SQLException {
    // Read behind the lock: another process may have done it.
    int version = version(connection, table);
    if (version > migrations.newest()) {
      throw migrations.newer(name, version);
    }
    try (Statement statement = connection.createStatement()) {
      if (version == 0) {
        statement.execute("CREATE TABLE " + table + " (version INTEGER NOT NULL)");
        statement.execute("INSERT INTO " + table + " VALUES (0)");
      }
      while (version < migrations.newest()) {
        version++;
        migrations.apply(version, connection);
        statement.execute("UPDATE " + table + " SET version = " + version);
      }
    }
  }

  /** 0 where there is nothing yet. */
  private static int version(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Asked of the table of tables: to_regclass may answer as before the lock was waited for.
      String tables =
          "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
              + " AND tablename = '%s'".formatted(table);
      try (ResultSet rows = statement.executeQuery(tables)) {
        if (!rows.next()) {
          return 0;
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT version FROM " + table)) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    return write(work);
  }

  @Override
  public <T> T write(Work<T> work) {
    return threads.run(() -> transaction(work));
  }

  private <T> T transaction(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      // Hikari undoes what was begun when the connection is given back without a commit.
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException failed) {
      throw new StoreException(
          "The %s %s refuses (%s). %s".formatted(schema.what(), name, reason(failed), remedy()),
          failed);
    }
  }

  private static String reason(SQLException failed) {
    return String.valueOf(failed.getMessage()).strip().replaceAll("\\s+", " ");
  }

  @Override
  public void verify() {
    // The server looks after its own files.
  }

  @Override
  public PostgresDialect dialect() {
    return dialect;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String remedy() {
    return "See to the server, then start again.";
  }

  @Override
  public void close() {
    source.close();
    threads.close();
  }
}
