package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.run;
import static dev.nightjar.store.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The store as it comes. */
class SqliteStoreTest extends StoreContract {

  @Override
  String url() {
    return null;
  }

  @Test
  void leavesNothingBesideTheFileWhenARunEndsWithIt() throws Exception {
    for (int round = 0; round < 100; round++) {
      String id = "r" + round;
      Store store = open();
      OwnedRun run = store.begin(run(id), event -> {});
      run.append(started(id));
      run.settle();
      Thread ending = Thread.ofVirtual().start(run::close);
      store.close();
      ending.join();
      assertThat(folder).isDirectoryNotContaining("glob:**store.db-*");
    }
  }

  @Test
  void refusesWhatComesAfterItsEnd() throws Exception {
    Store store = open();
    store.close();
    assertThatThrownBy(() -> store.run("r1"))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("store.db is closed");
    try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = CompletableFuture.supplyAsync(() -> store.run("r1"), virtual);
      assertThatThrownBy(asked::get).hasCauseInstanceOf(StoreException.class);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**store.db-*");
  }
}
