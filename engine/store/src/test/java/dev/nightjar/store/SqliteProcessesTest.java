package dev.nightjar.store;

/** Several processes with one file. */
class SqliteProcessesTest extends SeveralProcesses {

  @Override
  String url() {
    return null;
  }
}
