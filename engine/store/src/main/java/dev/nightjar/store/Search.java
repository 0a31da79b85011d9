package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Store.Hit;
import dev.nightjar.store.Store.Page;
import dev.nightjar.store.Store.StoredEvent;
import dev.nightjar.store.Words.Sought;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds events by their words. Putting a line into the index costs more than writing it, so that is
 * done afterwards: while the journal has nothing to do, and what is missing before a search.
 */
final class Search {

  /** Events that are looked through in one transaction while runs go on: milliseconds. */
  private static final int FEW = 1000;

  /** And while somebody waits for a search. */
  private static final int MANY = 8000;

  private final Database database;
  private final Events events;

  Search(Database database, Events events) {
    this.database = database;
    this.events = events;
  }

  /** Of a run that begins. */
  static void insert(Connection connection, long run) throws SQLException {
    update(
        connection, "INSERT INTO nightjar_indexed (run, number, complete) VALUES (?, 0, 0)", run);
  }

  /** Of a run that is forgotten. */
  static void delete(Connection connection, long run) throws SQLException {
    update(connection, "DELETE FROM nightjar_indexed WHERE run = ?", run);
    update(
        connection,
        "DELETE FROM nightjar_words WHERE rowid >= ? AND rowid < ?",
        Events.before(run),
        Events.before(run + 1));
  }

  private static int update(Connection connection, String sql, long... values) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setLong(i + 1, values[i]);
      }
      return update.executeUpdate();
    }
  }

  /** Makes everything that is written findable. */
  void catchUp() {
    List<Long> open = database.read(Search::open);
    for (long run : open) {
      while (advance(run, MANY)) {}
    }
  }

  private static List<Long> open(Connection connection) throws SQLException {
    List<Long> open = new ArrayList<>();
    String sql = "SELECT run FROM nightjar_indexed WHERE complete = 0 ORDER BY run";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        open.add(rows.getLong(1));
      }
    }
    return open;
  }

  /**
   * What was found in some events of a run.
   *
   * @param from behind the event of this number
   * @param to up to and with this one
   * @param complete whether the run has ended and this was all
   */
  private record Gathered(
      long run, long from, long to, boolean complete, TreeMap<Long, SequencedSet<String>> words) {

    boolean isNothing() {
      return from == to && !complete;
    }
  }

  /** Makes a few events of a run findable; false when there were no more. */
  boolean advance(long run) {
    return advance(run, FEW);
  }

  private boolean advance(long run, int most) {
    Optional<Gathered> gathered = database.read(connection -> gather(connection, run, most));
    if (gathered.isEmpty() || gathered.get().isNothing()) {
      return false;
    }
    Gathered found = gathered.get();
    boolean mine = database.write(connection -> write(connection, found));
    // Where another one was faster there may be more behind what that has done.
    return !mine || found.to - found.from == most;
  }

  private Optional<Gathered> gather(Connection connection, long run, int most) throws SQLException {
    long from;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number FROM nightjar_indexed WHERE run = ? AND complete = 0")) {
      select.setLong(1, run);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        from = rows.getLong(1);
      }
    }
    // Asked for before the events: one that ends meanwhile is not complete yet.
    boolean over = Runs.isOver(connection, run);
    TreeMap<Long, SequencedSet<String>> words = new TreeMap<>();
    String name = Runs.id(connection, run);
    long to = from;
    for (Events.Raw raw : events.raw(connection, run, name, from, most)) {
      to = raw.number();
      if (!raw.isSilent()) {
        SequencedSet<String> some = Words.of(Texts.of(raw.event()).text());
        if (!some.isEmpty()) {
          words.put(Events.id(run, to), some);
        }
      }
    }
    return Optional.of(new Gathered(run, from, to, over && to - from < most, words));
  }

  /** False when another process has done it meanwhile. */
  private boolean write(Connection connection, Gathered found) throws SQLException {
    int mine =
        update(
            connection,
            "UPDATE nightjar_indexed SET number = ?, complete = ? WHERE run = ? AND number = ?"
                + " AND complete = 0",
            found.to,
            found.complete ? 1 : 0,
            found.run,
            found.from);
    if (mine == 0) {
      return false;
    }
    database.dialect().insertWords(connection, found.words);
    return true;
  }

  /** The newest run first, in it the last event. */
  Page<Hit> find(String text, int limit, @Nullable String cursor) {
    List<Sought> sought = Words.sought(text);
    if (sought.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    catchUp();
    int most = Math.max(1, limit);
    long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    return database.read(connection -> find(connection, sought, most, before));
  }

  private Page<Hit> find(Connection connection, List<Sought> sought, int limit, long before)
      throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT rowid FROM nightjar_words WHERE "
                + database.dialect().match()
                + " AND rowid < ? ORDER BY rowid DESC LIMIT ?")) {
      select.setString(1, database.dialect().query(sought));
      select.setLong(2, before);
      select.setInt(3, limit + 1);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    boolean more = ids.size() > limit;
    List<Hit> hits = new ArrayList<>();
    for (long id : more ? ids.subList(0, limit) : ids) {
      hit(connection, id, sought).ifPresent(hits::add);
    }
    return new Page<>(hits, more ? String.valueOf(ids.get(limit - 1)) : null);
  }

  private Optional<Hit> hit(Connection connection, long id, List<Sought> sought)
      throws SQLException {
    long run = Events.runOf(id);
    String name = Runs.id(connection, run);
    long number = Events.numberOf(id);
    List<StoredEvent> found = events.read(connection, run, name, number - 1, 1);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Event event = found.getFirst().event();
    Texts texts = Texts.of(event);
    return Optional.of(
        new Hit(
            name,
            Runs.workflowOf(connection, run),
            number,
            event.at(),
            texts.step(),
            line(texts.text(), sought.getFirst())));
  }

  /** The line that the first of the words stands in. */
  private static String line(String text, Sought first) {
    return text.lines()
        .filter(line ->
            Words.of(line).stream()
                .anyMatch(word ->
                    first.beginning() ? word.startsWith(first.word()) : word.equals(first.word())))
        .findFirst()
        .orElse(text);
  }
}
