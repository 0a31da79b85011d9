package dev.nightjar.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Databases of other releases. */
class PostgresReleasesTest extends OlderAndNewer {

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();
  private final String url = SERVER.newDatabase();

  @Override
  String url() {
    return url;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  Dialect dialect() {
    return new PostgresDialect();
  }

  @Override
  void setVersion(Statement statement, int version) throws SQLException {
    statement.execute("CREATE TABLE IF NOT EXISTS nightjar_version (version INTEGER NOT NULL)");
    statement.execute("DELETE FROM nightjar_version");
    statement.execute("INSERT INTO nightjar_version VALUES (" + version + ")");
  }

  @Override
  List<Long> contents() throws SQLException {
    try (Connection connection = connect()) {
      return List.of(
          count(connection, "version"), count(connection, "runs"), count(connection, "events"));
    }
  }
}
