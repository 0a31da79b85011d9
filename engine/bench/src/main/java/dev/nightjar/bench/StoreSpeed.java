package dev.nightjar.bench;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.stage.Counts;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.event.Level;
import org.sqlite.JDBC;

/** Durable events a second of the store, against SQLite alone on the same disk. */
final class StoreSpeed {

  private static final long SECONDS = 3;
  private static final String LIMIT = "SQLite alone, 10,000 rows a transaction";
  private static final String EACH = "SQLite alone, a transaction each";

  private final Path folder;
  private final int rounds;
  private final PrintStream out;

  StoreSpeed(Settings settings, PrintStream out) {
    this.folder = settings.folder().resolve("store");
    this.rounds = settings.rounds();
    this.out = out;
  }

  /** Rows or events that were on disk, for each second. */
  @FunctionalInterface
  private interface Candidate {
    double perSecond() throws IOException, InterruptedException, SQLException;
  }

  void run() throws IOException, InterruptedException {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    candidates.put(EACH, () -> alone(1));
    candidates.put(LIMIT, () -> alone(10_000));
    for (int appenders : new int[] {1, 8, 64}) {
      candidates.put("store, %d that settle each".formatted(appenders), () -> settling(appenders));
    }
    candidates.put("store, one that never settles", () -> running(StoreSpeed::committed));
    candidates.put("store, lines of a log, never settled", () -> running(StoreSpeed::logged));
    Map<String, double[]> figures = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (var candidate : candidates.entrySet()) {
        double figure = measure(candidate.getValue());
        if (round >= 0) {
          figures.computeIfAbsent(candidate.getKey(), name -> new double[rounds])[round] = figure;
        }
      }
    }
    print(figures);
  }

  private double measure(Candidate candidate) throws IOException, InterruptedException {
    remove();
    Files.createDirectories(folder);
    try {
      return candidate.perSecond();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void remove() throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void print(Map<String, double[]> figures) {
    out.printf("%n### Durable events%n%n");
    out.printf("| candidate | events/s | of SQLite's limit | times one flush each |%n");
    out.printf("|---|--:|--:|--:|%n");
    double limit = middle(figures.getOrDefault(LIMIT, new double[] {1}));
    double each = middle(figures.getOrDefault(EACH, new double[] {1}));
    figures.forEach((name, values) ->
        out.printf(
            Locale.ROOT,
            "| %s | %,.0f | %.2f | %.1f |%n",
            name,
            middle(values),
            middle(values) / limit,
            middle(values) / each));
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Event committed(int task) {
    return new Event.TaskCommitted(
        Instant.EPOCH,
        "read",
        task,
        "part-" + task,
        0,
        1000,
        1010,
        Map.of("read", new Counts(0, 1000, 10, 320_000, 310_000, 4_000_000, 320_000, Map.of())),
        Map.of(),
        Duration.ofMillis(12),
        false);
  }

  private static Event logged(int number) {
    return new Event.Logged(
        Instant.EPOCH, "clean", Level.INFO, "order " + number + " has no price, skipped", null);
  }

  /** What there is to gain: the same rows without an engine. */
  private double alone(int rows) throws SQLException {
    byte[] body = EventFormat.bytes(committed(4711));
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + folder.resolve("raw.db"), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = 4096");
      statement.execute("CREATE TABLE e (id INTEGER PRIMARY KEY, crc INTEGER, body BLOB)");
      connection.setAutoCommit(false);
      long written = 0;
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO e VALUES (?, ?, ?)")) {
        while (System.nanoTime() - start < SECONDS * 1e9) {
          for (int i = 0; i < rows; i++) {
            insert.setLong(1, ++written);
            insert.setLong(2, written);
            insert.setBytes(3, body);
            insert.addBatch();
          }
          insert.executeBatch();
          connection.commit();
        }
      }
      return written / ((System.nanoTime() - start) / 1e9);
    }
  }

  private Store open() {
    return Store.open(new StoreSettings(folder, null, InstantSource.system(), StoreSettings.LEASE));
  }

  private static NewRun newRun(int number) {
    return new NewRun("r" + number, "w", "/w.yaml", "d", "", Instant.EPOCH, null);
  }

  private double settling(int appenders) throws InterruptedException {
    var events = new LongAdder();
    var done = new CountDownLatch(appenders);
    long start = System.nanoTime();
    try (Store store = open()) {
      for (int i = 0; i < appenders; i++) {
        OwnedRun run = store.begin(newRun(i), event -> {});
        Thread.ofVirtual()
            .start(() -> {
              for (int n = 0; System.nanoTime() - start < SECONDS * 1e9; n++) {
                run.append(committed(n));
                run.settle();
                events.increment();
              }
              done.countDown();
            });
      }
      done.await();
      return events.sum() / ((System.nanoTime() - start) / 1e9);
    }
  }

  private double running(java.util.function.IntFunction<Event> event) {
    try (Store store = open();
        OwnedRun run = store.begin(newRun(1), told -> {})) {
      int events = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < SECONDS * 1e9) {
        run.append(event.apply(events++));
      }
      run.settle();
      return events / ((System.nanoTime() - start) / 1e9);
    }
  }
}
