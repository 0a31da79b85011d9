package dev.nightjar.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One file; one connection that writes, some that read. */
final class SqliteDatabase implements Database {

  /** Another process writes for milliseconds; one that is stopped while it does holds up all. */
  private static final int BUSY_MILLIS = 30_000;

  /** Up to this size all of a file is checked when it is opened: about 20 ms. */
  private static final long CHECKED_BYTES = 8 << 20;

  /**
   * Up to this size all of it is checked when somebody takes a run over: about a second. What is
   * larger takes longer than a run may stand still; the events have their checksums.
   */
  private static final long VERIFIED_BYTES = 256 << 20;

  /** Pages of 4 KiB that gather before they go into the file itself: 16 MiB. */
  private static final int LOG_PAGES = 4096;

  /** How often, and after which time, a log is looked at that seems to be spoiled. */
  private static final int LOOKS = 5;

  private static final long LOOK_NANOS = 20_000_000;

  /** Each has a cache of pages of its own. */
  private static final int READERS = 4;

  private final Path file;
  private final Schema schema;
  private final Damage damage;
  private final SqliteDialect dialect;
  private final PlatformThreads threads = new PlatformThreads("nightjar-sqlite-");
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Semaphore readers = new Semaphore(READERS);
  private final ReentrantLock writing = new ReentrantLock(true);
  private @Nullable Connection writer;
  private volatile @Nullable StoreException broken;
  private volatile boolean closed;

  private SqliteDatabase(Path file, Schema schema, InstantSource clock) {
    this.file = file;
    this.schema = schema;
    this.damage = new Damage(file, schema.what());
    this.dialect = new SqliteDialect(clock);
  }

  /** Opens a file, makes it, or brings it up to date. */
  static SqliteDatabase open(Path file, Schema schema, InstantSource clock) {
    var database = new SqliteDatabase(file, schema, clock);
    try {
      database.threads.run(database::prepare);
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
    return database;
  }

  private void prepare() {
    new SqliteLibrary(folder()).unpack();
    var migrations = new Migrations(schema, dialect);
    try {
      if (!SqliteFile.exists(file)) {
        create(migrations);
      }
      inspect(migrations);
    } catch (IOException cannot) {
      throw refused("cannot be opened", cannot);
    } catch (SQLException cannot) {
      throw translated(cannot);
    }
    migrate(migrations);
  }

  private Path folder() {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  /** Beside, then linked: whoever sees the file sees all of it, and whoever is second takes it. */
  private void create(Migrations migrations) throws IOException, SQLException {
    Files.createDirectories(folder());
    if (SqliteFile.hasLog(file) && !SqliteFile.exists(file)) {
      throw damage.found("the file is gone, and what was still to be written to it is there");
    }
    // Readable by the owner alone, and so will be what SQLite puts beside it.
    Path beside = Files.createTempFile(folder(), file.getFileName() + ".", ".new");
    try {
      build(beside, migrations);
      Disk.forceFile(beside);
      link(beside);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Nobody sees the file yet: it is flushed once, at the end. */
  private void build(Path beside, Migrations migrations) throws SQLException {
    try (Connection connection = connect(beside, SQLiteConfig.TransactionMode.IMMEDIATE);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA journal_mode = MEMORY");
      statement.execute("PRAGMA application_id = " + schema.applicationId());
      connection.setAutoCommit(false);
      upgrade(connection, migrations);
      connection.setAutoCommit(true);
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private void link(Path beside) throws IOException {
    try {
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException other) {
      // Another process was first; its file is as good.
    } catch (UnsupportedOperationException | IOException noLinks) {
      if (!SqliteFile.exists(file)) {
        Files.move(beside, file);
      }
    }
    Disk.forceFolder(folder());
  }

  /** Looks at the file as one that may be damaged: not one byte of it is written. */
  private void inspect(Migrations migrations) throws IOException, SQLException {
    SqliteFile facts = SqliteFile.read(file, damage);
    if (facts.applicationId() != schema.applicationId()) {
      throw damage.found("it is an SQLite file of another program, or its first page is spoiled");
    }
    boolean log = SqliteFile.hasLog(file);
    if (!facts.whole() && !log) {
      throw damage.found("it is cut off after %,d bytes".formatted(facts.bytes()));
    }
    if (log && isLogSpoiled()) {
      throw damage.found(
          "the checksum of a transaction in %s is another one"
              .formatted(SqliteFile.log(file).getFileName()));
    }
    if (facts.version() > migrations.newest()) {
      throw migrations.newer(name(), facts.version());
    }
    String finding = finding(migrations, facts.bytes() <= CHECKED_BYTES || !facts.whole());
    if (!finding.isEmpty()) {
      throw damage.found(finding);
    }
  }

  /** What is wrong with the file; empty when nothing is. */
  private String finding(Migrations migrations, boolean all) throws IOException, SQLException {
    String finding = "";
    for (int look = 0; look < LOOKS; look++) {
      boolean log = SqliteFile.hasLog(file);
      FileTime written = Files.getLastModifiedTime(file);
      finding = look(migrations, all, !log);
      // Without the locks another process may have changed the file while it was read.
      boolean still = !SqliteFile.hasLog(file) && Files.getLastModifiedTime(file).equals(written);
      if (finding.isEmpty() || log || still) {
        return finding;
      }
    }
    return finding;
  }

  /** Another process may write meanwhile: only what stays so is believed. */
  private boolean isLogSpoiled() throws IOException {
    for (int look = 0; look < LOOKS; look++) {
      if (!SqliteFile.hasLog(file) || !SqliteLog.isSpoiled(SqliteFile.log(file))) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** Without a log the file is read as one that nobody writes, so that nothing is put beside it. */
  private String look(Migrations migrations, boolean all, boolean immutable) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    String url =
        "jdbc:sqlite:"
            + file.toAbsolutePath().toUri().toString().replaceFirst("^file:/+", "file:///")
            + (immutable ? "?mode=ro&immutable=1" : "?mode=ro");
    try (Connection connection = config.createConnection(url)) {
      int version = version(connection);
      if (version > migrations.newest()) {
        throw migrations.newer(name(), version);
      }
      return all ? check(connection) : "";
    } catch (SQLException failed) {
      if (isDamage(failed)) {
        return reason(failed);
      }
      throw failed;
    }
  }

  /** What SQLite finds wrong; empty when nothing is. */
  static String check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      String finding = rows.next() ? rows.getString(1) : "no answer";
      return finding.equals("ok")
          ? ""
          : finding.lines().skip(finding.startsWith("***") ? 1 : 0).findFirst().orElse(finding);
    }
  }

  private void migrate(Migrations migrations) {
    int version = read(SqliteDatabase::version);
    if (version == migrations.newest()) {
      return;
    }
    change(connection -> upgrade(connection, migrations));
  }

  private void upgrade(Connection connection, Migrations migrations) throws SQLException {
    // Read within the transaction: another process may have done it.
    int version = version(connection);
    if (version > migrations.newest()) {
      throw migrations.newer(name(), version);
    }
    try (Statement statement = connection.createStatement()) {
      while (version < migrations.newest()) {
        version++;
        migrations.apply(version, connection);
        statement.execute("PRAGMA user_version = " + version);
      }
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Connection connect(Path file, SQLiteConfig.TransactionMode mode) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(
        schema.lasting() ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setTransactionMode(mode);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      // Only macOS knows it: its fsync leaves data in the drive.
      statement.execute("PRAGMA fullfsync = 1");
      statement.execute("PRAGMA checkpoint_fullfsync = 1");
    }
    return connection;
  }

  @Override
  public <T> T read(Work<T> work) {
    return threads.run(() -> reading(work));
  }

  private <T> T reading(Work<T> work) {
    readers.acquireUninterruptibly();
    Connection connection = idle.pollFirst();
    boolean fine = false;
    try {
      refuseWhenClosed();
      if (connection == null) {
        connection = connect(file, SQLiteConfig.TransactionMode.DEFERRED);
      }
      connection.setAutoCommit(false);
      T result = work.run(connection);
      connection.setAutoCommit(true);
      fine = true;
      return result;
    } catch (SQLException failed) {
      throw translated(failed);
    } finally {
      giveBack(connection, fine);
      readers.release();
    }
  }

  private void refuseWhenClosed() {
    if (closed) {
      throw new StoreException(
          "The %s %s is closed: this process is ending.".formatted(schema.what(), file), null);
    }
  }

  private void giveBack(@Nullable Connection connection, boolean fine) {
    if (connection != null && fine) {
      idle.addFirst(connection);
    } else {
      close(connection);
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return threads.run(() -> writing(work));
  }

  private <T> T writing(Work<T> work) {
    writing.lock();
    boolean fine = false;
    try {
      refuseWhenClosed();
      StoreException before = broken;
      if (before != null) {
        throw new StoreException(String.valueOf(before.getMessage()), before);
      }
      Connection connection = writer;
      if (connection == null) {
        connection = connect(file, SQLiteConfig.TransactionMode.IMMEDIATE);
        writer = connection;
      }
      connection.setAutoCommit(false);
      T result = work.run(connection);
      commit(connection);
      fine = true;
      return result;
    } catch (SQLException failed) {
      throw broken(failed);
    } finally {
      if (!fine) {
        // Takes back what was begun.
        close(writer);
        writer = null;
      }
      writing.unlock();
    }
  }

  private void commit(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException failed) {
      StoreException now = translated(failed);
      broken = now;
      throw now;
    }
  }

  /** After a failure to write nothing is written any more: a second flush would lie. */
  private StoreException broken(SQLException failed) {
    StoreException now = translated(failed);
    if (isDisk(failed)) {
      broken = now;
    }
    return now;
  }

  /** Without what SQLite adds to it: {@code SQLITE_IOERR_FSYNC} is {@code SQLITE_IOERR}. */
  private static SQLiteErrorCode code(SQLException failed) {
    return failed instanceof SQLiteException own
        ? SQLiteErrorCode.getErrorCode(own.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static boolean isDisk(SQLException failed) {
    return isDamage(failed)
        || switch (code(failed)) {
          case SQLITE_IOERR, SQLITE_FULL, SQLITE_READONLY -> true;
          default -> false;
        };
  }

  private static boolean isDamage(SQLException failed) {
    return switch (code(failed)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
      default -> false;
    };
  }

  private static String reason(SQLException failed) {
    return String.valueOf(failed.getMessage()).replaceAll("\\s+", " ");
  }

  private StoreException translated(SQLException failed) {
    return switch (code(failed)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new StoreException(
              "The %s %s is damaged: %s. %s"
                  .formatted(schema.what(), file, reason(failed), damage.remedy()),
              failed);
      case SQLITE_FULL -> refused("cannot be written: the disk is full", failed);
      case SQLITE_BUSY ->
          refused(
              "has been locked by another process for over %d s".formatted(BUSY_MILLIS / 1000),
              failed);
      default -> refused("cannot be used", failed);
    };
  }

  private StoreException refused(String how, Exception cause) {
    return new StoreException(
        "The %s %s %s (%s). %s".formatted(schema.what(), file, how, cause.getMessage(), remedy()),
        cause);
  }

  @Override
  public void verify() {
    String finding = file.toFile().length() <= VERIFIED_BYTES ? threads.run(this::checked) : "";
    if (!finding.isEmpty()) {
      throw damage.found(finding);
    }
  }

  /**
   * On a connection that has checked nothing before: at the second time FTS5 takes for damage what
   * another connection has merged since (as of SQLite 3.54.1).
   */
  private String checked() {
    try (Connection connection = connect(file, SQLiteConfig.TransactionMode.DEFERRED)) {
      return check(connection);
    } catch (SQLException failed) {
      throw translated(failed);
    }
  }

  @Override
  public SqliteDialect dialect() {
    return dialect;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public String remedy() {
    return "See to the disk and the permissions of its folder, then start again.";
  }

  @Override
  public void close() {
    threads.run(() -> {
      // Whoever reads or writes is done first: what comes later would open the file anew.
      readers.acquireUninterruptibly(READERS);
      writing.lock();
      try {
        closed = true;
        for (Connection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
          close(one);
        }
        close(writer);
        writer = null;
      } finally {
        writing.unlock();
        readers.release(READERS);
      }
    });
    threads.close();
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // It is as good as closed.
      }
    }
  }
}
