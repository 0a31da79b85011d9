package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.JournalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store that machines share. */
class PostgresStoreTest extends StoreContract {

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();
  private final String url = SERVER.newDatabase();

  @Override
  String url() {
    return url;
  }

  /** A flush whose end nobody saw is not tried again. */
  @Test
  void aConnectionThatBreaksBreaksTheJournal() throws Exception {
    Store store = open();
    OwnedRun run = store.begin(run("r1"), event -> {});
    var told = new CompletableFuture<JournalException>();
    run.onBroken(told::complete);
    run.append(logged("one"));
    run.settle();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      // Held until here, the row keeps the next commit waiting in the middle.
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM nightjar_leases FOR UPDATE");
      run.append(logged("two"));
      String writers =
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'nightjar' AND wait_event_type = 'Lock'";
      boolean ended = false;
      while (!ended) {
        try (ResultSet rows = statement.executeQuery(writers)) {
          ended = rows.next();
        }
      }
    }
    assertThat(told.get(20, TimeUnit.SECONDS).why()).isEqualTo(JournalException.Cause.STORE);
    assertThatThrownBy(run::settle)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("The store jdbc:postgresql://")
        .hasMessageNotContaining("user=");
    run.close();
    try (OwnedRun again = open().adopt("r1", event -> {})) {
      again.append(logged("three"));
      again.settle();
      assertThat(events(open(), "r1")).containsExactly(logged("one"), logged("three"));
    }
  }
}
