package dev.nightjar.store;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Triggers in the store that machines share. */
class PostgresFiringsTest extends FiringsContract {

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();
  private final String url = SERVER.newDatabase();

  @Override
  String url() {
    return url;
  }
}
