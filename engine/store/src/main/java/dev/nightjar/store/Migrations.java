package dev.nightjar.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbered steps from an empty database to what this release needs. A file {@code index} lists
 * them; one that is named {@code 002-search} may come in two files, {@code 002-search.sqlite.sql}
 * and {@code 002-search.postgresql.sql}.
 */
final class Migrations {

  private final Schema schema;
  private final Dialect dialect;
  private final List<String> names;

  Migrations(Schema schema, Dialect dialect) {
    this.schema = schema;
    this.dialect = dialect;
    String index = resource("index");
    if (index == null) {
      throw new IllegalStateException("There is no list of migrations in " + schema.folder());
    }
    names = index.lines().filter(line -> !line.isBlank()).toList();
  }

  /** The version that this release works with. */
  int newest() {
    return names.size();
  }

  /**
   * Makes the step to a version.
   *
   * @param version from 1; the database has the one before
   */
  void apply(int version, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements(names.get(version - 1))) {
        statement.execute(sql);
      }
    }
  }

  private List<String> statements(String name) {
    String text = resource(name + "." + dialect.id() + ".sql");
    if (text == null) {
      text = resource(name + ".sql");
    }
    if (text == null) {
      throw new IllegalStateException("There is no migration " + schema.folder() + name);
    }
    String bare = text.replaceAll("(?m)--.*$", "");
    List<String> statements = new ArrayList<>();
    for (String sql : Arrays.asList(dialect.types(bare).split(";", -1))) {
      if (!sql.isBlank()) {
        statements.add(sql.strip());
      }
    }
    return statements;
  }

  private @Nullable String resource(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(schema.folder() + name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** What is said of a database of a later release. */
  StoreException newer(String name, int version) {
    return new StoreException(
        "The %s %s is of a newer release of Nightjar: it has version %d, this one knows up to %d. Nothing in it was changed; use the newer release, or another folder."
            .formatted(schema.what(), name, version, newest()),
        null);
  }
}
