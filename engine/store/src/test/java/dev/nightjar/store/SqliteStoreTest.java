package dev.nightjar.store;

/** The store as it comes. */
class SqliteStoreTest extends StoreContract {

  @Override
  String url() {
    return null;
  }
}
