package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.AT;
import static dev.nightjar.store.SampleEvents.committed;
import static dev.nightjar.store.SampleEvents.ended;
import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;
import static dev.nightjar.store.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Store.Page;
import dev.nightjar.store.Store.StoredEvent;
import dev.nightjar.store.StoredRun.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store does, whatever it lies in. */
abstract class StoreContract extends WithStores {

  @Test
  void remembersWhatWasSettled() {
    List<Event> told = Collections.synchronizedList(new ArrayList<>());
    List<Event> appended = new ArrayList<>(List.of(started("r1")));
    IntStream.range(0, 1200).mapToObj(SampleEvents::committed).forEach(appended::add);
    try (OwnedRun run = open().begin(run("r1"), told::add)) {
      appended.forEach(run::append);
      run.settle();
      assertThat(told).isEqualTo(appended);
      assertThat(events(open(), "r1")).isEqualTo(appended);
    }
    try (Stream<StoredEvent> rest = open().events("r1", 1199)) {
      assertThat(rest).extracting(StoredEvent::number).containsExactly(1200L, 1201L);
    }
    assertThat(open().workflow(SampleEvents.DIGEST)).isEqualTo("name: orders\n");
  }

  @Test
  void readsEventsBackwards() {
    Store store = open();
    try (OwnedRun run = store.begin(run("r1"), event -> {})) {
      for (int n = 1; n <= 1_300; n++) {
        run.append(logged("line " + n));
      }
    }
    assertThat(before(store, 1_301)).startsWith(1_300L, 1_299L).endsWith(2L, 1L).hasSize(1_300);
    assertThat(before(store, Long.MAX_VALUE)).hasSize(1_300);
    assertThat(before(store, 1_000)).startsWith(999L).hasSize(999);
    assertThat(before(store, 1)).isEmpty();
    assertThat(before(store, 0)).isEmpty();
    try (Stream<StoredEvent> last = store.eventsBefore("r1", 800)) {
      assertThat(last.findFirst()).contains(new StoredEvent(799, logged("line 799")));
    }
  }

  private static List<Long> before(Store store, long number) {
    try (Stream<StoredEvent> events = store.eventsBefore("r1", number)) {
      return events.map(StoredEvent::number).toList();
    }
  }

  @Test
  void writesTheEventsOfManyThreadsInTheOrderOfEachRun() throws Exception {
    Store store = open();
    int threads = 16;
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String id = "r" + i;
      var over = new CompletableFuture<Void>();
      done.add(over);
      Thread.ofVirtual()
          .start(() -> {
            try (OwnedRun run = store.begin(run(id), event -> {})) {
              for (int n = 0; n < 50; n++) {
                run.append(logged(id + " " + n));
                run.settle();
              }
              over.complete(null);
            } catch (RuntimeException | Error failed) {
              over.completeExceptionally(failed);
            }
          });
    }
    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    for (int i = 0; i < threads; i++) {
      String id = "r" + i;
      assertThat(events(store, id))
          .isEqualTo(IntStream.range(0, 50).mapToObj(n -> logged(id + " " + n)).toList());
    }
  }

  @Test
  void showsWhereARunStands() {
    Store store = open();
    OwnedRun run = store.begin(run("r1"), event -> {});
    run.append(started("r1"));
    run.settle();
    StoredRun shown = open().run("r1").orElseThrow();
    assertThat(shown.state()).isEqualTo(State.RUNNING);
    assertThat(shown.owner()).startsWith("process " + ProcessHandle.current().pid() + " on ");
    assertThat(shown.started()).isEqualTo(AT);
    run.append(ended("r1", Outcome.FAILED, "no such column"));
    run.close();
    assertThat(store.run("r1"))
        .contains(
            new StoredRun(
                "r1",
                "orders",
                "/jobs/orders.yaml",
                SampleEvents.DIGEST,
                AT,
                AT.plusSeconds(60),
                State.ENDED,
                Outcome.FAILED,
                "no such column",
                null));
  }

  @Test
  void aRunThatWasGivenBackCanBeTakenOver() {
    Store store = open();
    OwnedRun first = store.begin(run("r1"), event -> {});
    first.append(logged("one"));
    first.close();
    assertThat(store.run("r1").orElseThrow().state()).isEqualTo(State.UNFINISHED);
    assertThat(store.run("r1").orElseThrow().owner()).isNull();
    try (OwnedRun second = store.adopt("r1", event -> {})) {
      assertThat(second.fence()).isGreaterThan(first.fence());
      second.append(logged("two"));
      second.settle();
      assertThat(events(store, "r1")).containsExactly(logged("one"), logged("two"));
    }
  }

  @Test
  void aRunOfALivingOwnerIsHeld() {
    Store store = open();
    try (OwnedRun _ = store.begin(run("r1"), event -> {})) {
      assertThatThrownBy(() -> open().adopt("r1", event -> {}))
          .isInstanceOf(HeldException.class)
          .hasMessageContaining("Process " + ProcessHandle.current().pid() + " on ")
          .hasMessageContaining("has run r1, since ");
    }
  }

  @Test
  void aRunThatHasEndedIsNotTakenOver() {
    Store store = open();
    OwnedRun run = store.begin(run("r1"), event -> {});
    run.append(ended("r1", Outcome.SUCCEEDED, null));
    run.close();
    assertThatThrownBy(() -> store.adopt("r1", event -> {}))
        .isInstanceOf(StoreException.class)
        .isNotInstanceOf(HeldException.class)
        .hasMessageContaining("has ended");
    assertThatThrownBy(() -> store.adopt("r2", event -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no run r2");
  }

  @Test
  void findsARunByTheBeginningOfItsId() {
    Store store = open();
    for (String id : List.of("20261122-a1", "20261122-a2", "20261123-b1", "20261123-b")) {
      store.begin(run(id), event -> {}).close();
    }
    assertThat(store.run("20261122-a1").orElseThrow().id()).isEqualTo("20261122-a1");
    assertThat(store.run("20261122-a")).isEmpty();
    assertThat(store.run("20261123-b").orElseThrow().id()).isEqualTo("20261123-b");
    assertThat(store.run("20261124")).isEmpty();
    assertThat(store.run("")).isEmpty();
  }

  @Test
  void listsPageByPageWhileRunsAreAdded() {
    Store store = open();
    for (int i = 10; i < 30; i++) {
      store.begin(run("r" + i), event -> {}).close();
    }
    List<String> listed = new ArrayList<>();
    String cursor = null;
    int added = 30;
    do {
      Page<StoredRun> page = store.runs(all(7, cursor));
      page.items().forEach(one -> listed.add(one.id()));
      cursor = page.next();
      store.begin(run("r" + added++), event -> {}).close();
    } while (cursor != null);
    assertThat(listed).isEqualTo(IntStream.range(10, 30).mapToObj(i -> "r" + (39 - i)).toList());
  }

  @Test
  void listsOnlyWhatIsAskedFor() {
    Store store = open();
    OwnedRun running = store.begin(run("r1"), event -> {});
    store.begin(run("r2"), event -> {}).close();
    end(store, "r3", "orders", Outcome.SUCCEEDED, AT.plusSeconds(10));
    end(store, "r4", "bills", Outcome.FAILED, AT.plusSeconds(20));
    OwnedRun queued =
        store.begin(run("r5", new NewRun.Pool("p", 1, NewRun.Overlap.QUEUE)), event -> {});
    assertThat(listed(store, null, Set.of(State.RUNNING), Set.of(), null)).containsExactly("r1");
    assertThat(listed(store, null, Set.of(State.QUEUED), Set.of(), null)).containsExactly("r5");
    assertThat(listed(store, null, Set.of(State.UNFINISHED, State.ENDED), Set.of(), null))
        .containsExactly("r4", "r3", "r2");
    assertThat(listed(store, "bills", Set.of(), Set.of(), null)).containsExactly("r4");
    assertThat(listed(store, null, Set.of(), Set.of(Outcome.SUCCEEDED, Outcome.FAILED), null))
        .containsExactly("r4", "r3");
    assertThat(listed(store, null, Set.of(), Set.of(), AT.plusSeconds(20))).containsExactly("r4");
    running.close();
    queued.close();
  }

  static void end(Store store, String id, String workflow, Outcome outcome, Instant at) {
    try (OwnedRun run = store.begin(run(id), event -> {})) {
      run.append(started(id, workflow, at));
      run.append(ended(id, outcome, null, at.plusSeconds(1)));
    }
  }

  private static List<String> listed(
      Store store, String workflow, Set<State> states, Set<Outcome> outcomes, Instant since) {
    return store
        .runs(new RunQuery(workflow, null, states, outcomes, since, null, 100, null))
        .items()
        .stream()
        .map(StoredRun::id)
        .toList();
  }

  @Test
  void tellsTheOwnerThatItIsToCancel() throws Exception {
    Store store = open();
    try (OwnedRun run = store.begin(run("r1"), event -> {})) {
      var told = new CompletableFuture<String>();
      run.onCancelRequested(told::complete);
      assertThat(open().requestCancel("r1", "it takes too long")).isTrue();
      assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("it takes too long");
      var later = new CompletableFuture<String>();
      run.onCancelRequested(later::complete);
      assertThat(later).isCompletedWithValue("it takes too long");
      run.append(ended("r1", Outcome.CANCELLED, null));
      run.settle();
      assertThat(store.requestCancel("r1", "again")).isFalse();
    }
    assertThat(store.requestCancel("r1", "again")).isFalse();
  }

  @Test
  void aLeaseIsKeptWithoutEvents() throws Exception {
    Store store = open(Duration.ofMillis(400));
    try (OwnedRun run = store.begin(run("r1"), event -> {})) {
      var past = new CompletableFuture<Void>();
      // Three leases long somebody tries to take it over.
      Thread.ofPlatform()
          .start(() -> {
            try {
              for (int i = 0; i < 12; i++) {
                assertThatThrownBy(() -> open().adopt("r1", event -> {}))
                    .isInstanceOf(HeldException.class);
                new CompletableFuture<Void>()
                    .completeOnTimeout(null, 100, TimeUnit.MILLISECONDS)
                    .join();
              }
              past.complete(null);
            } catch (RuntimeException | Error failed) {
              past.completeExceptionally(failed);
            }
          });
      past.get(30, TimeUnit.SECONDS);
      run.append(logged("still here"));
      run.settle();
    }
  }

  /** Lists show what follows from the events, and nothing else. */
  @Test
  void theTableOfRunsFollowsFromTheEvents() {
    Store store = open();
    var random = new Random(7);
    for (int i = 10; i < 40; i++) {
      String id = "r" + i;
      try (OwnedRun run = store.begin(run(id), event -> {})) {
        run.append(started(id, "w" + random.nextInt(3), AT.plusSeconds(random.nextInt(1000))));
        run.append(committed(i));
        if (random.nextInt(3) > 0) {
          Outcome outcome = List.of(Outcome.values()).get(random.nextInt(4));
          String message = outcome == Outcome.FAILED ? "failed " + random.nextInt() : null;
          run.append(ended(id, outcome, message, AT.plusSeconds(2000 + random.nextInt(1000))));
        }
      }
    }
    List<StoredRun> shown = store.runs(all()).items();
    assertThat(shown).hasSize(30);
    assertThat(shown).allSatisfy(one -> assertThat(derived(store, one.id())).isEqualTo(one));
  }

  private static StoredRun derived(Store store, String id) {
    StoredRun derived = null;
    for (Event event : events(store, id)) {
      if (event instanceof Event.RunStarted first) {
        derived =
            new StoredRun(
                id,
                first.workflow(),
                first.file(),
                first.digest(),
                first.at(),
                null,
                State.UNFINISHED,
                null,
                null,
                null);
      } else if (event instanceof Event.RunEnded last) {
        derived =
            new StoredRun(
                id,
                derived.workflow(),
                derived.file(),
                derived.digest(),
                derived.started(),
                last.at(),
                State.ENDED,
                last.result().outcome(),
                last.result().failure() == null ? null : last.result().failure().message(),
                null);
      }
    }
    return derived;
  }

  @Test
  void closingTheStoreWritesWhatWaits() {
    Store store = open();
    OwnedRun run = store.begin(run("r1"), event -> {});
    IntStream.range(0, 1000).forEach(i -> run.append(committed(i)));
    store.close();
    assertThat(events(open(), "r1")).hasSize(1000);
    run.append(committed(1000));
    assertThatThrownBy(run::settle).isInstanceOf(JournalException.class);
    assertThat(events(open(), "r1")).hasSize(1000);
  }

  private static List<String> found(Store store, String text) {
    return store.search(text, 100, null).items().stream().map(Store.Hit::text).toList();
  }

  @Test
  void findsLinesByTheirWords() {
    Store store = open();
    try (OwnedRun run = store.begin(run("20261122-040506-a1b2c3"), event -> {})) {
      run.append(started("20261122-040506-a1b2c3"));
      run.append(logged("Größe of ORDER-4711 in euros: 12.50"));
      run.append(logged("order 4712 skipped\nwhich is fine"));
      IntStream.range(0, 2500).forEach(i -> run.append(committed(i)));
      run.append(logged("the last line's e-mail"));
      run.append(ended("20261122-040506-a1b2c3", Outcome.FAILED, "no such column `amount`"));
      run.settle();
      assertThat(found(store, "order 4711")).containsExactly("Größe of ORDER-4711 in euros: 12.50");
      assertThat(found(store, "GRÖSSE")).isEmpty();
      assertThat(found(store, "GRÖẞE größe")).hasSize(1);
      assertThat(found(store, "471*")).hasSize(2);
      assertThat(found(store, "471")).isEmpty();
      assertThat(found(store, "fine skip*")).containsExactly("which is fine");
      assertThat(found(store, "amount")).containsExactly("no such column `amount`");
      assertThat(found(store, "20261122-040506-a1b2c3")).hasSize(1);
      assertThat(found(store, "orders yaml")).hasSize(1);
      assertThat(found(store, " \"*' ")).isEmpty();
      Page<Store.Hit> first = store.search("order*", 2, null);
      assertThat(first.items()).extracting(Store.Hit::number).containsExactly(3L, 2L);
      Page<Store.Hit> rest = store.search("order*", 2, first.next());
      assertThat(rest.items()).extracting(Store.Hit::number).containsExactly(1L);
      assertThat(rest.next()).isNull();
      assertThat(first.items().getFirst())
          .isEqualTo(
              new Store.Hit(
                  "20261122-040506-a1b2c3", "orders", 3, AT, "clean", "order 4712 skipped"));
      run.append(logged("written after the first search"));
      run.settle();
      assertThat(found(store, "written after")).hasSize(1);
    }
  }

  @Test
  void severalSearchesAtOnceFindEverything() throws Exception {
    Store store = open();
    try (OwnedRun run = store.begin(run("r1"), event -> {})) {
      for (int i = 0; i < 10_000; i++) {
        run.append(logged(i % 100 == 0 ? "line " + i : "nothing"));
      }
      run.append(logged("the very last"));
      run.settle();
      List<CompletableFuture<List<String>>> searches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        searches.add(CompletableFuture.supplyAsync(() -> found(store, "very last")));
      }
      for (CompletableFuture<List<String>> search : searches) {
        assertThat(search.get(60, TimeUnit.SECONDS)).containsExactly("the very last");
      }
      assertThat(found(store, "line")).hasSize(100);
    }
  }

  @Test
  void forgetsRunsThatHaveEnded() {
    Store store = open();
    Instant now = InstantSource.system().instant();
    for (int i = 10; i < 16; i++) {
      end(store, "r" + i, i % 2 == 0 ? "even" : "odd", Outcome.SUCCEEDED, now.minusSeconds(100));
    }
    end(store, "r0", "even", Outcome.FAILED, now.minusSeconds(7200));
    OwnedRun live = store.begin(run("r1"), event -> {});
    store.begin(run("r2"), event -> {}).close();
    OwnedRun last = store.begin(run("r3"), event -> {});
    last.append(ended("r3", Outcome.SUCCEEDED, null, now.minusSeconds(7200)));
    last.settle();
    assertThat(found(store, "even")).hasSize(4);
    assertThat(store.retain(new Retention(Duration.ofHours(1), 0))).containsExactly("r0");
    assertThat(store.retain(new Retention(null, 2))).containsExactlyInAnyOrder("r10", "r11");
    assertThat(store.runs(all()).items())
        .extracting(StoredRun::id)
        .containsExactly("r3", "r2", "r15", "r14", "r13", "r12", "r1");
    assertThat(found(store, "even")).hasSize(2);
    assertThatThrownBy(() -> store.events("r0")).isInstanceOf(StoreException.class);
    last.close();
    assertThat(store.retain(new Retention(Duration.ZERO, 0)))
        .containsExactlyInAnyOrder("r3", "r15", "r14", "r13", "r12");
    assertThat(store.workflow(SampleEvents.DIGEST)).isNotEmpty();
    live.append(ended("r1", Outcome.SUCCEEDED, null, now));
    live.close();
    try (OwnedRun unfinished = store.adopt("r2", event -> {})) {
      unfinished.append(ended("r2", Outcome.SUCCEEDED, null, now));
    }
    assertThat(store.retain(new Retention(Duration.ZERO, 0))).containsExactlyInAnyOrder("r1", "r2");
    assertThatThrownBy(() -> store.workflow(SampleEvents.DIGEST))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no workflow");
  }
}
