package dev.nightjar.store;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Store.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens stores, and closes them in the end. */
abstract class WithStores {

  @TempDir Path folder;
  private final List<Store> opened = new ArrayList<>();

  /** The database's URL, the same one through a test; null for SQLite in the folder. */
  abstract String url();

  final Store open() {
    return open(StoreSettings.LEASE);
  }

  final Store open(Duration lease) {
    Store store = Store.open(new StoreSettings(folder, url(), InstantSource.system(), lease));
    opened.add(store);
    return store;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  static List<Event> events(Store store, String run) {
    try (Stream<StoredEvent> events = store.events(run)) {
      return events.map(StoredEvent::event).toList();
    }
  }

  static RunQuery all(int limit, String cursor) {
    return new RunQuery(null, null, Set.of(), Set.of(), null, null, limit, cursor);
  }

  static RunQuery all() {
    return all(100, null);
  }
}
