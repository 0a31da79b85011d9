package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.AT;
import static dev.nightjar.store.SampleEvents.ended;
import static dev.nightjar.store.SampleEvents.run;
import static dev.nightjar.store.SampleEvents.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Firings.Due;
import dev.nightjar.store.Firings.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a store remembers of triggers, whatever it lies in. */
abstract class FiringsContract extends WithStores {

  private static final Instant LATER = AT.plusSeconds(86_400);

  private static Due due(String run, Instant at) {
    Firing firing = Firing.of("orders", "nightly", at.toString(), at, at.plusSeconds(1), "");
    return new Due(firing, run(run), first(run), Map.of(), event -> {});
  }

  private static Event.RunStarted first(String run) {
    return (Event.RunStarted) started(run);
  }

  private static List<String> ids(List<Optional<OwnedRun>> runs) {
    return runs.stream().map(run -> run.map(OwnedRun::id).orElse("-")).toList();
  }

  @Test
  void aTimeBeginsOneRun() {
    Firings firings = open().firings();
    Known known = firings.know("orders", "nightly", "30 2 * * *", AT);
    assertThat(known.decided()).isEqualTo(AT);

    assertThat(ids(firings.fire(List.of(due("r2", LATER), due("r1", AT), due("r3", LATER)))))
        .containsExactly("r2", "r1", "-");

    assertThat(ids(open().firings().fire(List.of(due("r4", LATER))))).containsExactly("-");
    assertThat(open().run("r4")).isEmpty();
    assertThat(open().run("r2").orElseThrow().state()).isEqualTo(StoredRun.State.RUNNING);
    assertThat(firings.of("r2").orElseThrow().due()).isEqualTo(LATER);
    assertThat(firings.find("orders", "nightly", AT.toString()).orElseThrow().run())
        .isEqualTo("r1");
    assertThat(firings.know("orders", "nightly", "30 2 * * *", AT).decided()).isEqualTo(LATER);
  }

  @Test
  void whatARequestAskedForIsRemembered() {
    Firing asked = Firing.of("orders", "@api", "k1", AT, AT, "").withRequest("digest");
    open().firings().fire(List.of(new Due(asked, run("r1"), first("r1"), Map.of(), event -> {})));
    assertThat(open().firings().find("orders", "@api", "k1").orElseThrow().request())
        .isEqualTo("digest");
  }

  @Test
  void itsBeginningIsRememberedWithIt() {
    Store store = open();
    OwnedRun run = store.firings().fire(List.of(due("r1", AT))).getFirst().orElseThrow();
    assertThat(events(open(), "r1")).containsExactly(first("r1"));
    run.append(SampleEvents.logged("one"));
    run.settle();
    assertThat(events(open(), "r1")).containsExactly(first("r1"), SampleEvents.logged("one"));
  }

  @Test
  void ofManyWhoSeeItOneBeginsIt() throws Exception {
    int daemons = 4;
    int times = 25;
    var barrier = new CyclicBarrier(daemons);
    List<CompletableFuture<List<String>>> begun = new ArrayList<>();
    for (int d = 0; d < daemons; d++) {
      Store store = open();
      String own = "d" + d + "-";
      var ids = new CompletableFuture<List<String>>();
      begun.add(ids);
      Thread.ofPlatform()
          .start(() -> {
            try {
              List<String> all = new ArrayList<>();
              for (int t = 0; t < times; t++) {
                barrier.await(60, TimeUnit.SECONDS);
                Instant at = AT.plusSeconds(t);
                // Two at once, in another order at each daemon.
                Due one = due(own + t, at);
                Due other = due(own + t + "b", at.plusMillis(500));
                List<Due> both =
                    own.compareTo("d2") < 0 ? List.of(one, other) : List.of(other, one);
                all.addAll(ids(store.firings().fire(both)));
              }
              ids.complete(all);
            } catch (Exception | Error failed) {
              ids.completeExceptionally(failed);
            }
          });
    }
    List<String> all = new ArrayList<>();
    for (CompletableFuture<List<String>> ids : begun) {
      all.addAll(ids.get(120, TimeUnit.SECONDS));
    }
    all.removeIf("-"::equals);
    assertThat(all).hasSize(2 * times).doesNotHaveDuplicates();
    assertThat(open().runs(all(1000, null)).items())
        .extracting(StoredRun::id)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void anotherDefinitionBeginsAnew() {
    Firings firings = open().firings();
    firings.know("orders", "nightly", "30 2 * * *", AT);
    firings.pass(List.of(Firing.passed("orders", "nightly", AT, LATER, LATER, "was down")));
    assertThat(firings.know("orders", "nightly", "30 2 * * *", AT).decided()).isEqualTo(LATER);

    Known other = firings.know("orders", "nightly", "0 4 * * *", LATER.plusSeconds(5));

    assertThat(other.since()).isEqualTo(LATER.plusSeconds(5));
    assertThat(other.decided()).isEqualTo(LATER.plusSeconds(5));
  }

  @Test
  void aClockThatIsPutBackMakesNothingFireTwice() {
    Firings firings = open().firings();
    firings.know("orders", "nightly", "x", AT);
    assertThat(ids(firings.fire(List.of(due("r1", LATER))))).containsExactly("r1");

    firings.putBack("orders", "nightly", AT);

    assertThat(firings.know("orders", "nightly", "x", AT).decided()).isEqualTo(AT);
    assertThat(ids(firings.fire(List.of(due("r2", LATER), due("r3", AT.plusSeconds(9))))))
        .containsExactly("-", "r3");
    assertThat(firings.know("orders", "nightly", "x", AT).decided()).isEqualTo(LATER);
  }

  @Test
  void tellsWhatWasDecidedTheNewestFirst() {
    Firings firings = open().firings();
    firings.fire(List.of(due("r1", AT)));
    firings.pass(
        List.of(
            Firing.passed("orders", "hourly", AT.plusSeconds(1), AT.plusSeconds(9), LATER, "down"),
            Firing.passed("other", "hourly", AT, AT, LATER, "down")));

    assertThat(firings.list("orders", null, LATER, 10))
        .extracting(Firing::trigger, Firing::run, Firing::reason, Firing::last)
        .containsExactly(
            tuple("hourly", null, "down", AT.plusSeconds(9)), tuple("nightly", "r1", "", AT));
    assertThat(firings.list("orders", "nightly", LATER, 10)).hasSize(1);
    assertThat(firings.list("orders", null, AT.plusSeconds(1), 10)).hasSize(1);
    assertThat(firings.list("orders", null, LATER, 1)).hasSize(1);
  }

  @Test
  void tellsWhatConcernsAStretchOfTime() {
    Firings firings = open().firings();
    assertThat(firings.known("orders", "nightly")).isEmpty();
    Known known = firings.know("orders", "nightly", "30 2 * * *", AT);
    assertThat(firings.known("orders", "nightly")).contains(known);
    Instant hour = AT.plusSeconds(3_600);
    Instant passedLast = AT.plusSeconds(1_800);
    List<Optional<OwnedRun>> _ = firings.fire(List.of(due("r1", hour)));
    firings.pass(List.of(Firing.passed("orders", "nightly", AT, passedLast, hour, "down")));

    assertThat(firings.between("orders", AT, LATER, 10))
        .extracting(Firing::due)
        .containsExactly(AT, hour);
    assertThat(firings.between("orders", passedLast, hour, 10))
        .extracting(Firing::last)
        .containsExactly(passedLast);
    assertThat(firings.between("orders", passedLast.plusSeconds(1), hour, 10)).isEmpty();
    assertThat(firings.between("orders", AT, LATER, 1)).hasSize(1);
    assertThat(firings.between("other", AT, LATER, 10)).isEmpty();
  }

  @Test
  void theEndOfARunIsUndecidedUntilItBeginsAnother() {
    Store store = open();
    Firings firings = store.firings();
    Known after = firings.know("report", "after", "orders", AT);
    for (String id : List.of("r1", "r2")) {
      OwnedRun run = store.begin(run(id), event -> {});
      run.append(started(id));
      run.append(ended(id, id.equals("r1") ? Outcome.SUCCEEDED : Outcome.FAILED, null));
      run.close();
    }
    assertThat(firings.undecided(after, "orders", "SUCCEEDED", 10))
        .extracting(StoredRun::id)
        .containsExactly("r1");
    assertThat(firings.undecided(after, "other", "SUCCEEDED", 10)).isEmpty();

    Firing firing = Firing.of("report", "after", "r1", LATER, LATER, "");
    firings.fire(List.of(new Due(firing, run("r9"), first("r9"), Map.of(), event -> {})));

    assertThat(firings.undecided(after, "orders", "SUCCEEDED", 10)).isEmpty();
    Known late = firings.know("late", "after", "orders", LATER);
    assertThat(firings.undecided(late, "orders", "SUCCEEDED", 10)).as("before its time").isEmpty();
  }

  @Test
  void filesAreSeenWithTheRunTheyBegin() {
    Firings firings = open().firings();
    firings.see("orders", "files", Map.of("/in/a", "1", "/in/b", "1"), List.of());
    Firing firing = Firing.of("orders", "files", "digest", AT, AT, "");
    firings.fire(
        List.of(
            new Due(
                firing, run("r1"), first("r1"), Map.of("/in/b", "2", "/in/c", "1"), event -> {})));
    assertThat(open().firings().seenFiles("orders", "files"))
        .isEqualTo(Map.of("/in/a", "1", "/in/b", "2", "/in/c", "1"));

    firings.see("orders", "files", Map.of(), List.of("/in/a"));
    assertThat(firings.seenFiles("orders", "files")).containsOnlyKeys("/in/b", "/in/c");
    assertThat(firings.seenFiles("orders", "other")).isEmpty();
  }

  @Test
  void isForgottenWithItsRun() {
    Store store = open();
    Firings firings = store.firings();
    OwnedRun run = firings.fire(List.of(due("r1", AT))).getFirst().orElseThrow();
    run.append(ended("r1", Outcome.SUCCEEDED, null));
    run.close();
    firings.pass(List.of(Firing.passed("orders", "hourly", AT, AT, AT, "down")));

    assertThat(store.retain(new Retention(Duration.ofSeconds(1), 0))).containsExactly("r1");

    assertThat(firings.list("orders", null, Instant.now().plusSeconds(9), 10)).isEmpty();
  }
}
