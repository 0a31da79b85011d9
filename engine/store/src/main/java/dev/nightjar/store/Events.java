package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.store.Store.StoredEvent;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The table of events: each one JSON, and what tells whether it still is what was written. */
final class Events {

  /** A number has so many bits of an id; the run's key has the others. */
  private static final int NUMBER_BITS = 36;

  private static final long NUMBERS = 1L << NUMBER_BITS;

  private final String store;

  /**
   * The table.
   *
   * @param store what messages call it
   */
  Events(String store) {
    this.store = store;
  }

  /** An event that is to be written. */
  static final class Row {

    private final long id;
    private final long number;
    private final byte[] body;

    /**
     * Of a run, by its key.
     *
     * @param number from 1
     */
    Row(long run, long number, byte[] body) {
      this.id = id(run, number);
      this.number = number;
      this.body = body;
    }

    long number() {
      return number;
    }

    int bytes() {
      return body.length;
    }

    /** Over the place, too: a row that stands where another one belongs is as wrong. */
    long crc() {
      var crc = new CRC32C();
      crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, id));
      crc.update(body);
      return crc.getValue();
    }
  }

  /** The key of the run of an event. */
  static long runOf(long id) {
    return id >> NUMBER_BITS;
  }

  static long numberOf(long id) {
    return id & (NUMBERS - 1);
  }

  static long id(long run, long number) {
    return run * NUMBERS + number;
  }

  /** The id before the first one of a run. */
  static long before(long run) {
    return run * NUMBERS;
  }

  static byte[] encode(Event event) {
    return EventFormat.bytes(event);
  }

  static void insert(Connection connection, List<Row> rows) throws SQLException {
    String sql = "INSERT INTO nightjar_events (id, crc, body) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        insert.setLong(1, row.id);
        insert.setLong(2, row.crc());
        insert.setBytes(3, row.body);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The number of a run's last event; 0 when it has none. */
  static long last(Connection connection, long run) throws SQLException {
    String sql = "SELECT max(id) FROM nightjar_events WHERE id >= ? AND id < ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, before(run));
      select.setLong(2, before(run + 1));
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        long id = rows.getLong(1);
        return id == 0 ? 0 : numberOf(id);
      }
    }
  }

  static void delete(Connection connection, long run) throws SQLException {
    String sql = "DELETE FROM nightjar_events WHERE id >= ? AND id < ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, before(run));
      delete.setLong(2, before(run + 1));
      delete.executeUpdate();
    }
  }

  /** An event as it lies there, whole. */
  final class Raw {

    private final String run;
    private final long number;
    private final byte[] body;

    private Raw(String run, long number, byte[] body) {
      this.run = run;
      this.number = number;
      this.body = body;
    }

    long number() {
      return number;
    }

    /** Whether there is no word in it to look for. */
    boolean isSilent() {
      return Texts.isSilent(body);
    }

    Event event() {
      try {
        return EventFormat.read(body);
      } catch (IllegalArgumentException unreadable) {
        throw new DamagedRunException(
            "Event %d of run %s in the store %s cannot be read (%s). A newer release may have written it: use that one."
                .formatted(number, run, store, unreadable.getMessage()),
            unreadable);
      }
    }
  }

  /** As {@link #raw}. */
  List<StoredEvent> read(Connection connection, long run, String name, long after, int limit)
      throws SQLException {
    return raw(connection, run, name, after, limit).stream()
        .map(raw -> new StoredEvent(raw.number(), raw.event()))
        .toList();
  }

  /**
   * The events of a run behind one, at most so many.
   *
   * @throws DamagedRunException when one is missing, or is not what was written
   */
  List<Raw> raw(Connection connection, long run, String name, long after, int limit)
      throws SQLException {
    String sql =
        "SELECT id, crc, body FROM nightjar_events WHERE id > ? AND id < ? ORDER BY id LIMIT ?";
    List<Raw> events = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id(run, after));
      select.setLong(2, before(run + 1));
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        long number = after;
        while (rows.next()) {
          number++;
          if (rows.getLong(1) != id(run, number)) {
            throw damaged(name, number, "it is missing");
          }
          byte[] body = rows.getBytes(3);
          if (body == null || new Row(run, number, body).crc() != rows.getLong(2)) {
            throw damaged(name, number, "its checksum is another one");
          }
          events.add(new Raw(name, number, body));
        }
      }
    }
    return events;
  }

  private DamagedRunException damaged(String run, long number, String finding) {
    return new DamagedRunException(
        "The store %s is damaged: event %d of run %s is not what was written, %s. Restore the store from a backup, or start the run anew; other runs are not affected by this."
            .formatted(store, number, run, finding),
        null);
  }
}
