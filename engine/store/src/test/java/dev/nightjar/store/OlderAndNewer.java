package dev.nightjar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stores of other releases. */
abstract class OlderAndNewer extends WithStores {

  private static final List<Event> EVENTS =
      List.of(
          SampleEvents.started("r1"),
          SampleEvents.logged("an old line"),
          SampleEvents.ended("r1", Outcome.FAILED, "an old failure"));

  /** A connection to what {@link #open} opens, made when it is not there. */
  abstract Connection connect() throws Exception;

  abstract Dialect dialect();

  abstract void setVersion(Statement statement, int version) throws SQLException;

  /** The bytes or rows of the store. */
  abstract Object contents() throws Exception;

  /** As the first release has left it. */
  private void first() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      new Migrations(Schema.STORE, dialect()).apply(1, connection);
      setVersion(statement, 1);
      statement.execute(
          "INSERT INTO nightjar_workflows VALUES ('%s', 'name: orders\n')"
              .formatted(SampleEvents.DIGEST));
      statement.execute(
          "INSERT INTO nightjar_runs VALUES (1, 'r1', 'orders', '/jobs/orders.yaml', '%s', 5, 6, 'FAILED', 'an old failure')"
              .formatted(SampleEvents.DIGEST));
      statement.execute("UPDATE nightjar_keys SET last = 1");
      List<Events.Row> rows = new ArrayList<>();
      for (Event event : EVENTS) {
        rows.add(new Events.Row(1, rows.size() + 1L, Events.encode(event)));
      }
      Events.insert(connection, rows);
    }
  }

  @Test
  void oneOfAnOlderReleaseIsBroughtUpToDate() throws Exception {
    first();
    Store store = open();
    assertThat(events(store, "r1")).isEqualTo(EVENTS);
    assertThat(store.run("r1").orElseThrow().failure()).isEqualTo("an old failure");
    assertThat(store.search("old line", 10, null).items())
        .extracting(Store.Hit::text)
        .containsExactly("an old line");
    store.begin(SampleEvents.run("r2"), event -> {}).close();
    assertThat(store.runs(all()).items()).hasSize(2);
  }

  @Test
  void severalProcessesBringItUpToDateAtOnce() throws Exception {
    first();
    List<Peer> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      many.add(new Peer(folder, url(), StoreSettings.LEASE));
    }
    try {
      for (Peer peer : many) {
        peer.tell("open");
      }
      for (Peer peer : many) {
        assertThat(peer.read()).isEqualTo("open");
      }
    } finally {
      many.forEach(Peer::close);
    }
    assertThat(events(open(), "r1")).isEqualTo(EVENTS);
  }

  @Test
  void oneOfANewerReleaseIsRefusedUntouched() throws Exception {
    first();
    open().close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      setVersion(statement, 99);
    }
    Object before = contents();
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is of a newer release of Nightjar")
        .hasMessageContaining("version 99");
    assertThat(contents()).isEqualTo(before);
  }

  static long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM nightjar_" + table);
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
