package dev.nightjar.store;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Several processes with one server. */
class PostgresProcessesTest extends SeveralProcesses {

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();
  private final String url = SERVER.newDatabase();

  @Override
  String url() {
    return url;
  }
}
