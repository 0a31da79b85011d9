package dev.nightjar.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Connections to one database, for use by many threads, virtual ones too: the work itself always
 * runs on a platform thread, because a call into the native library holds a carrier.
 *
 * <p>A failure of the database comes out as a {@link StoreException} that names the database; what
 * the work itself throws comes out as it is, and undoes the transaction.
 */
interface Database extends AutoCloseable {

  /** The SQLite database of a file; it is made when it is not there, and brought up to date. */
  static Database sqlite(Path file, Schema schema, InstantSource clock) {
    return SqliteDatabase.open(file, schema, clock);
  }

  /** The PostgreSQL database of a JDBC URL, brought up to date. */
  static Database postgres(String url, Schema schema) {
    return PostgresDatabase.open(url, schema);
  }

  /** What is done with a connection, within a transaction that others do not see half of. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** The same for work without a result. */
  @FunctionalInterface
  interface Change {
    void run(Connection connection) throws SQLException;
  }

  /** Runs work that changes nothing. */
  <T> T read(Work<T> work);

  /**
   * Runs work that changes something, in one transaction; when this returns it is on disk. Changing
   * transactions of one SQLite database run one after another, those of PostgreSQL do not.
   */
  <T> T write(Work<T> work);

  /** As {@link #write}. */
  default void change(Change change) {
    boolean _ =
        write(connection -> {
          change.run(connection);
          return true;
        });
  }

  /**
   * Looks whether all of it can be read, as far as the database can tell and does not by itself.
   *
   * @throws StoreException when it is damaged
   */
  void verify();

  Dialect dialect();

  /** What messages call it: the file, or the URL without a password. */
  String name();

  /** What somebody can do about a refusal of it; a sentence. */
  String remedy();

  @Override
  void close();
}
