package dev.nightjar.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.JDBC;

/** Files of other releases. */
class SqliteReleasesTest extends OlderAndNewer {

  @Override
  String url() {
    return null;
  }

  @Override
  Connection connect() throws SQLException {
    Connection connection =
        JDBC.createConnection(
            "jdbc:sqlite:" + folder.resolve("store.db"), new java.util.Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA application_id = " + Schema.STORE.applicationId());
    }
    return connection;
  }

  @Override
  Dialect dialect() {
    return new SqliteDialect(InstantSource.system());
  }

  @Override
  void setVersion(Statement statement, int version) throws SQLException {
    statement.execute("PRAGMA user_version = " + version);
  }

  @Override
  Map<String, List<Byte>> contents() throws IOException {
    Map<String, List<Byte>> contents = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Byte[] boxed = new Byte[bytes.length];
        java.util.Arrays.setAll(boxed, i -> bytes[i]);
        contents.put(file.getFileName().toString(), List.of(boxed));
      }
    }
    return contents;
  }
}
