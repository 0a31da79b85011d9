package dev.nightjar.store;

import dev.nightjar.runtime.cache.WorkKey;
import dev.nightjar.store.CacheStats.Entry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the cache knows of its results. Results that were kept together, and share files, are a
 * bundle: they are used one by one and make room together. For one thread at a time; other
 * processes may have the same table open.
 */
final class CacheTable implements AutoCloseable {

  /** Of the tables below. A cache of another version is begun anew. */
  static final int VERSION = 1;

  /** Parameters of one statement; SQLite takes 32,766. */
  private static final int AT_ONCE = 1_000;

  private static final String HITS = "hits";
  private static final String MISSES = "misses";

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE work(id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,"
              + " fields TEXT NOT NULL)",
          "CREATE TABLE bundle(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
              + " files INTEGER NOT NULL, bytes INTEGER NOT NULL, used INTEGER NOT NULL)",
          "CREATE TABLE entry(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE,"
              + " work INTEGER NOT NULL, bundle INTEGER NOT NULL, place TEXT NOT NULL,"
              + " fields TEXT NOT NULL, result TEXT NOT NULL, bytes INTEGER NOT NULL,"
              + " kept INTEGER NOT NULL, used INTEGER NOT NULL, expires INTEGER,"
              + " accesses INTEGER NOT NULL)",
          "CREATE INDEX entry_place ON entry(place, kept)",
          "CREATE INDEX entry_bundle ON entry(bundle)",
          "CREATE INDEX entry_work ON entry(work)",
          "CREATE INDEX entry_expires ON entry(expires) WHERE expires IS NOT NULL",
          "CREATE TABLE counter(name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
          "INSERT INTO counter VALUES ('" + HITS + "', 0), ('" + MISSES + "', 0)");

  private final Connection connection;

  private CacheTable(Connection connection) {
    this.connection = connection;
  }

  /** The file is of another version, or no cache at all. */
  static final class OtherVersion extends Exception {
    private static final long serialVersionUID = 1L;

    OtherVersion(int version) {
      super("it is of version " + version + ", this release writes version " + VERSION);
    }
  }

  /** Opens a table, or makes it. */
  static CacheTable open(Path file) throws SQLException, OtherVersion {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What the last moments before a power failure have added may be lost; nothing else is.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(10_000);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var table = new CacheTable(config.createConnection("jdbc:sqlite:" + file));
    try {
      table.prepare();
      return table;
    } catch (SQLException | OtherVersion e) {
      table.close();
      throw e;
    }
  }

  private void prepare() throws SQLException, OtherVersion {
    int version = version();
    if (version == 0) {
      version = inTransaction(this::create);
    }
    if (version != VERSION) {
      throw new OtherVersion(version);
    }
  }

  private int version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  /** Another process may have been quicker. */
  private int create() throws SQLException {
    int version = version();
    if (version != 0) {
      return version;
    }
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.executeUpdate(table);
      }
      statement.executeUpdate("PRAGMA user_version = " + VERSION);
    }
    return VERSION;
  }

  /** Work on the database. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Does all of some work or none of it. */
  <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** A result as it was kept. */
  record Row(String digest, String bundle, String result, Instant kept) {}

  /** The results of these digests that were kept then or later, in any order. */
  List<Row> find(Collection<String> digests, Instant since) throws SQLException {
    var rows = new ArrayList<Row>();
    for (List<String> some : portions(digests)) {
      String sql =
          "SELECT e.digest, b.name, e.result, e.kept FROM entry e JOIN bundle b ON b.id = e.bundle"
              + " WHERE e.kept >= ? AND e.digest IN ("
              + marks(some.size())
              + ")";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, since.toEpochMilli());
        bind(statement, 2, some);
        try (ResultSet found = statement.executeQuery()) {
          while (found.next()) {
            rows.add(
                new Row(
                    HexFormat.of().formatHex(found.getBytes(1)),
                    found.getString(2),
                    found.getString(3),
                    Instant.ofEpochMilli(found.getLong(4))));
          }
        }
      }
    }
    return rows;
  }

  /** Those of these digests of which there are results that were kept then or later. */
  List<String> known(Collection<String> digests, Instant since) throws SQLException {
    var known = new ArrayList<String>();
    for (List<String> some : portions(digests)) {
      String sql =
          "SELECT digest FROM entry WHERE kept >= ? AND digest IN (" + marks(some.size()) + ")";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, since.toEpochMilli());
        bind(statement, 2, some);
        try (ResultSet found = statement.executeQuery()) {
          while (found.next()) {
            known.add(HexFormat.of().formatHex(found.getBytes(1)));
          }
        }
      }
    }
    return known;
  }

  /** The key of the newest result of a place; null when there is none. */
  @Nullable WorkKey latest(String place) throws SQLException {
    String sql =
        "SELECT w.fields, w.digest, e.fields FROM entry e JOIN work w ON w.id = e.work"
            + " WHERE e.place = ? ORDER BY e.kept DESC, e.id DESC LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, place);
      try (ResultSet found = statement.executeQuery()) {
        return found.next()
            ? new WorkKey(
                place,
                new WorkKey.Work(fields(found.getString(1)), found.getString(2)),
                fields(found.getString(3)))
            : null;
      }
    }
  }

  /** Notes that results were of use, and that so many were not there. */
  void used(Collection<String> digests, long hits, long misses, Instant now) throws SQLException {
    for (List<String> some : portions(digests)) {
      String which = " IN (" + marks(some.size()) + ")";
      touch("UPDATE entry SET accesses = accesses + 1, used = ? WHERE digest" + which, now, some);
      touch(
          "UPDATE bundle SET used = ? WHERE id IN (SELECT bundle FROM entry WHERE digest"
              + which
              + ")",
          now,
          some);
    }
    count(HITS, hits);
    count(MISSES, misses);
  }

  private void touch(String sql, Instant now, List<String> digests) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, now.toEpochMilli());
      bind(statement, 2, digests);
      statement.executeUpdate();
    }
  }

  private void count(String counter, long n) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE counter SET n = n + ? WHERE name = ?")) {
      statement.setLong(1, n);
      statement.setString(2, counter);
      statement.executeUpdate();
    }
  }

  /**
   * A result that is to be kept.
   *
   * @param bytes of its pieces
   */
  record Added(WorkKey key, String result, long bytes) {}

  /**
   * Adds a bundle; a result that is there already is replaced.
   *
   * @param bytes of its files
   * @param expires null for never
   */
  void add(
      String name,
      int files,
      long bytes,
      List<Added> added,
      Instant kept,
      @Nullable Instant expires)
      throws SQLException {
    long texts = 0;
    long bundle = insertBundle(name, files, kept);
    String sql =
        "INSERT OR REPLACE INTO entry(digest, work, bundle, place, fields, result, bytes, kept,"
            + " used, expires, accesses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      WorkKey.@Nullable Work work = null;
      long workId = 0;
      for (Added one : added) {
        if (work == null || !work.digest().equals(one.key().work().digest())) {
          work = one.key().work();
          workId = work(work);
        }
        String fields = text(one.key().split());
        texts += one.key().place().length() + fields.length() + one.result().length();
        statement.setBytes(1, HexFormat.of().parseHex(one.key().digest()));
        statement.setLong(2, workId);
        statement.setLong(3, bundle);
        statement.setString(4, one.key().place());
        statement.setString(5, fields);
        statement.setString(6, one.result());
        statement.setLong(7, one.bytes());
        statement.setLong(8, kept.toEpochMilli());
        statement.setLong(9, kept.toEpochMilli());
        statement.setObject(10, expires == null ? null : expires.toEpochMilli());
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE bundle SET bytes = ? WHERE id = ?")) {
      statement.setLong(1, bytes + texts);
      statement.setLong(2, bundle);
      statement.executeUpdate();
    }
  }

  private long insertBundle(String name, int files, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO bundle(name, files, bytes, used) VALUES (?, ?, 0, ?)"
                + " ON CONFLICT(name) DO UPDATE SET used = excluded.used RETURNING id")) {
      statement.setString(1, name);
      statement.setInt(2, files);
      statement.setLong(3, now.toEpochMilli());
      return number(statement);
    }
  }

  private long work(WorkKey.Work work) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO work(digest, fields) VALUES (?, ?)"
                + " ON CONFLICT(digest) DO UPDATE SET digest = digest RETURNING id")) {
      statement.setString(1, work.digest());
      statement.setString(2, text(work.fields()));
      return number(statement);
    }
  }

  /** A bundle that is gone. */
  record Removed(String name, int files, long bytes) {}

  /** Forgets one result, and its bundle when it was the last one in it. */
  List<Removed> forget(String digest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM entry WHERE digest = ?")) {
      statement.setBytes(1, HexFormat.of().parseHex(digest));
      statement.executeUpdate();
    }
    return removeEmpty();
  }

  /** Forgets all that were last used before; null for all. */
  List<Removed> clear(@Nullable Instant before) throws SQLException {
    delete(
        "DELETE FROM entry WHERE used < ?",
        before == null ? Long.MAX_VALUE : before.toEpochMilli());
    return removeEmpty();
  }

  /** Forgets what has expired, and then what was not used for the longest time, down to a limit. */
  List<Removed> shrink(long limit, Instant now) throws SQLException {
    delete("DELETE FROM entry WHERE expires IS NOT NULL AND expires <= ?", now.toEpochMilli());
    var removed = new ArrayList<>(removeEmpty());
    long bytes = number("SELECT coalesce(sum(bytes), 0) FROM bundle");
    while (bytes > limit) {
      long oldest = number("SELECT id FROM bundle ORDER BY used, id LIMIT 1");
      delete("DELETE FROM entry WHERE bundle = ?", oldest);
      for (Removed one : removeEmpty()) {
        removed.add(one);
        bytes -= one.bytes();
      }
    }
    return removed;
  }

  private List<Removed> removeEmpty() throws SQLException {
    var removed = new ArrayList<Removed>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet gone =
          statement.executeQuery(
              "DELETE FROM bundle WHERE NOT EXISTS"
                  + " (SELECT 1 FROM entry WHERE entry.bundle = bundle.id)"
                  + " RETURNING name, files, bytes")) {
        while (gone.next()) {
          removed.add(new Removed(gone.getString(1), gone.getInt(2), gone.getLong(3)));
        }
      }
      if (!removed.isEmpty()) {
        statement.executeUpdate(
            "DELETE FROM work WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.work = work.id)");
      }
    }
    return removed;
  }

  /** Gives the disk back what rows no longer need; outside of a transaction. */
  void giveBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
    }
  }

  /** Whether there is a bundle of this name. */
  boolean hasBundle(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM bundle WHERE name = ?")) {
      statement.setString(1, name);
      return number(statement) > 0;
    }
  }

  CacheStats stats(long limit, int mostAccessed) throws SQLException {
    var entries = new ArrayList<Entry>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT place, digest, bytes, accesses, kept, used, expires FROM entry"
                + " ORDER BY accesses DESC, used DESC, place LIMIT ?")) {
      statement.setInt(1, mostAccessed);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long expires = rows.getLong(7);
          Instant end = rows.wasNull() ? null : Instant.ofEpochMilli(expires);
          entries.add(
              new Entry(
                  rows.getString(1),
                  HexFormat.of().formatHex(rows.getBytes(2)),
                  rows.getLong(3),
                  rows.getLong(4),
                  Instant.ofEpochMilli(rows.getLong(5)),
                  Instant.ofEpochMilli(rows.getLong(6)),
                  end));
        }
      }
    }
    return new CacheStats(
        number("SELECT count(*) FROM entry"),
        number("SELECT coalesce(sum(bytes), 0) FROM bundle"),
        limit,
        number("SELECT n FROM counter WHERE name = '" + HITS + "'"),
        number("SELECT n FROM counter WHERE name = '" + MISSES + "'"),
        entries);
  }

  private void delete(String sql, long value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, value);
      statement.executeUpdate();
    }
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return number(statement);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static List<List<String>> portions(Collection<String> all) {
    var portions = new ArrayList<List<String>>();
    List<String> list = List.copyOf(all);
    for (int from = 0; from < list.size(); from += AT_ONCE) {
      portions.add(list.subList(from, Math.min(list.size(), from + AT_ONCE)));
    }
    return portions;
  }

  private static String marks(int n) {
    return "?, ".repeat(n - 1) + "?";
  }

  private static void bind(PreparedStatement statement, int first, List<String> digests)
      throws SQLException {
    for (int i = 0; i < digests.size(); i++) {
      statement.setBytes(first + i, HexFormat.of().parseHex(digests.get(i)));
    }
  }

  private static String text(SortedMap<String, String> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }

  private static SortedMap<String, String> fields(String text) {
    return JsonMapper.shared().readValue(text, new TypeReference<TreeMap<String, String>>() {});
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
