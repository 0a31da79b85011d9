package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store in a database. */
final class SqlStore implements Store {

  private static final String FILE = "store.db";

  /** Events that are read at once: a few hundred KiB. */
  private static final int CHUNK = 500;

  private final Database database;
  private final Leases leases;
  private final Runs runs;
  private final Events events;
  private final LeaseKeeper keeper;
  private final JournalWriter writer;
  private final Search search;
  private final Indexer indexer;
  private final SqlFirings firings;

  SqlStore(StoreSettings settings) {
    String url = settings.url();
    database =
        url == null
            ? Database.sqlite(settings.folder().resolve(FILE), Schema.STORE, settings.clock())
            : Database.postgres(url, Schema.STORE);
    leases = new Leases(database.dialect(), settings.lease(), Owner.self());
    runs = new Runs(leases);
    events = new Events(database.name());
    keeper = new LeaseKeeper(database, leases, settings.lease());
    writer = new JournalWriter(database, leases, keeper);
    search = new Search(database, events);
    indexer = new Indexer(search, keeper, writer);
    firings = new SqlFirings(this, database, runs);
  }

  @Override
  public OwnedRun begin(NewRun run, Consumer<Event> listener) {
    return live(database.write(connection -> insert(connection, run)), 0, listener);
  }

  /** In a transaction that makes a run known; its lease is this process's. */
  Lease insert(Connection connection, NewRun run) throws SQLException {
    long key = Runs.insert(connection, run);
    leases.insert(connection, key, run.pool());
    Search.insert(connection, key);
    return leases.lock(connection, List.of(key)).getFirst();
  }

  /**
   * A run of this process, from now on.
   *
   * @param last number of the event that was written last
   */
  OwnedRun live(Lease lease, long last, Consumer<Event> listener) {
    var run = new LiveRun(lease, last, listener, writer, keeper);
    if (lease.cancel() != null) {
      run.cancelRequested(lease.cancel());
    }
    keeper.add(run);
    indexer.start();
    return run;
  }

  @Override
  public OwnedRun adopt(String run, Consumer<Event> listener) {
    database.verify();
    record Taken(Lease lease, long last) {}
    Taken taken =
        database.write(connection -> {
          Lease lease = take(connection, run);
          return new Taken(lease, Events.last(connection, lease.run()));
        });
    return live(taken.lease(), taken.last(), listener);
  }

  private Lease take(Connection connection, String run) throws SQLException {
    long key = key(connection, run);
    // The row first: what is read behind the lock stays as it is.
    List<Lease> held = leases.lock(connection, List.of(key));
    if (held.isEmpty() || Runs.isEnded(connection, key)) {
      throw new EndedException(
          "Run %s has ended. A run that has ended never goes on: start a new one.".formatted(run));
    }
    Lease lease = held.getFirst();
    if (lease.isLive(leases.now(connection), leases.self())) {
      throw new HeldException(
          "%s has run %s, since %s. Wait until it has ended or its lease runs out, or cancel it."
              .formatted(capital(lease.owner().toString()), run, lease.since()));
    }
    leases.take(connection, lease);
    return leases.lock(connection, List.of(key)).getFirst();
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private long key(Connection connection, String run) throws SQLException {
    return Runs.key(connection, run)
        .orElseThrow(() ->
            new EndedException(
                "There is no run %s in the store %s.".formatted(run, database.name())));
  }

  @Override
  public boolean requestCancel(String run, String reason) {
    return database.write(connection -> {
      long key = key(connection, run);
      return !Runs.isEnded(connection, key) && Leases.cancel(connection, key, reason);
    });
  }

  @Override
  public Optional<StoredRun> run(String id) {
    return database.read(connection -> runs.find(connection, id));
  }

  @Override
  public Page<StoredRun> runs(RunQuery query) {
    return database.read(connection -> runs.list(connection, query));
  }

  @Override
  public Stream<StoredEvent> events(String run, long after) {
    long key = database.read(connection -> key(connection, run));
    return Stream.iterate(
            chunk(key, run, after),
            chunk -> !chunk.isEmpty(),
            chunk -> chunk.size() < CHUNK ? List.of() : chunk(key, run, chunk.getLast().number()))
        .flatMap(List::stream);
  }

  @Override
  public Stream<StoredEvent> eventsBefore(String run, long before) {
    long key = database.read(connection -> key(connection, run));
    return Stream.iterate(
            chunkBefore(key, run, before),
            chunk -> !chunk.isEmpty(),
            chunk -> chunkBefore(key, run, chunk.getLast().number()))
        .flatMap(List::stream);
  }

  private List<StoredEvent> chunkBefore(long key, String run, long before) {
    return database.read(connection -> {
      long end = Math.min(before, Events.last(connection, key) + 1);
      long after = Math.max(0, end - 1 - CHUNK);
      int limit = (int) Math.max(0, end - 1 - after);
      return events.read(connection, key, run, after, limit).reversed();
    });
  }

  private List<StoredEvent> chunk(long key, String run, long after) {
    return database.read(connection -> events.read(connection, key, run, after, CHUNK));
  }

  @Override
  public Firings firings() {
    return firings;
  }

  @Override
  public String workflow(String digest) {
    String text =
        database
            .read(connection -> Runs.workflow(connection, digest))
            .orElseThrow(() ->
                new DamagedRunException(
                    "There is no workflow with the digest %s in the store %s."
                        .formatted(digest, database.name()),
                    null));
    if (!sha256(text).equals(digest)) {
      throw new DamagedRunException(
          "The store %s is damaged: the text of the workflow with the digest %s is another one. Restore the store from a backup, or start the run anew."
              .formatted(database.name(), digest),
          null);
    }
    return text;
  }

  private static String sha256(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Page<Hit> search(String text, int limit, @Nullable String cursor) {
    return search.find(text, limit, cursor);
  }

  @Override
  public List<String> retain(Retention retention) {
    return new Forgetting(database, leases).forget(retention);
  }

  @Override
  public void close() {
    indexer.close();
    keeper.runs().forEach(LiveRun::close);
    keeper.close();
    writer.close();
    database.close();
  }
}
