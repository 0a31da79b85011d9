package dev.nightjar.store;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Triggers in the store that machines share. */
class PostgresFiringsTest extends FiringsContract {

  private static PostgresServer server;
  private final String url = server.newDatabase();

  @BeforeAll
  static void start() throws IOException {
    server = new PostgresServer();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String url() {
    return url;
  }
}
