package dev.nightjar.store;

/** Triggers in the store as it comes. */
class SqliteFiringsTest extends FiringsContract {

  @Override
  String url() {
    return null;
  }
}
