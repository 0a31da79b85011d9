package dev.nightjar.store;

import dev.nightjar.store.Words.Sought;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Where the two databases differ. */
interface Dialect {

  /** {@code sqlite} or {@code postgresql}: the ending of a migration that is for one alone. */
  String id();

  /** The text of a migration with the names of types put in: {@code ${key}}, {@code ${bytes}}. */
  String types(String sql);

  /**
   * What is put behind a {@code SELECT} so that a table's rows stay as they are until the commit.
   *
   * @param table or its alias
   */
  String locking(String table);

  /**
   * The time that leases go by, in nanoseconds since 1970; the server's, where several machines
   * share it.
   */
  long now(Connection connection) throws SQLException;

  /** The condition of rows of {@code nightjar_words} that a query finds; with one place for it. */
  String match();

  /** How one looks for all of these words. */
  String query(List<Sought> words);

  /** Makes events findable, by the ids of their rows. */
  void insertWords(Connection connection, Map<Long, SequencedSet<String>> words)
      throws SQLException;

  /** Waits until no other transaction decides about that pool, and keeps others from it. */
  void lockPool(Connection connection, String pool) throws SQLException;
}
