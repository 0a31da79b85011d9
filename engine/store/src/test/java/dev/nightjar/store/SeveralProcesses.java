package dev.nightjar.store;

import static dev.nightjar.store.SampleEvents.ended;
import static dev.nightjar.store.SampleEvents.logged;
import static dev.nightjar.store.SampleEvents.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.NewRun.Overlap;
import dev.nightjar.store.NewRun.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What processes do to each other that have one store; some of them are killed or stopped. */
@DisabledOnOs(OS.WINDOWS)
abstract class SeveralProcesses extends WithStores {

  private final List<Peer> peers = new ArrayList<>();

  private Peer peer(Duration lease) throws IOException {
    var peer = new Peer(folder, url(), lease);
    peers.add(peer);
    return peer;
  }

  @AfterEach
  void endPeers() {
    peers.forEach(Peer::close);
  }

  @Test
  void whatWasSettledIsThereAfterEachKill() throws Exception {
    Store store = open();
    store.begin(run("r1"), event -> {}).close();
    var random = new Random(11);
    for (int kill = 0; kill < 10; kill++) {
      int before = events(store, "r1").size();
      Peer peer = peer(StoreSettings.LEASE).opened();
      // At once: whoever had it before is dead.
      assertThat(peer.ask("adopt r1")).isEqualTo("done");
      peer.tell("forever " + before);
      for (int i = 1 + random.nextInt(40); i > 0; i--) {
        assertThat(peer.read()).containsOnlyDigits();
      }
      peer.kill();
      List<String> said = peer.rest();
      List<Event> events = events(store, "r1");
      if (!said.isEmpty()) {
        // The last line may be cut off.
        String last = said.get(Math.max(0, said.size() - 2));
        assertThat(events).hasSizeGreaterThan(Integer.parseInt(last));
      }
      assertThat(events)
          .isEqualTo(
              IntStream.range(0, events.size()).mapToObj(i -> logged("number " + i)).toList());
      assertThat(events.size()).isGreaterThan(before);
    }
  }

  @Test
  void oneOfManyTakesARunOver() throws Exception {
    Store store = open();
    List<Peer> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      many.add(peer(StoreSettings.LEASE).opened());
    }
    for (int round = 0; round < 10; round++) {
      String id = "r" + round;
      store.begin(run(id), event -> {}).close();
      for (Peer peer : many) {
        peer.tell("adopt " + id);
      }
      List<String> answers = new ArrayList<>();
      for (Peer peer : many) {
        answers.add(peer.read());
      }
      assertThat(answers).filteredOn("done"::equals).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.equals("done"))
          .allMatch(
              answer -> answer.startsWith("held Process ") && answer.contains(" has run " + id));
    }
  }

  @Test
  void whoeverWasStoppedCommitsNothingOnceAnotherHasTheRun() throws Exception {
    Duration lease = Duration.ofSeconds(1);
    Peer peer = peer(lease).opened();
    assertThat(peer.ask("begin r1")).isEqualTo("done");
    assertThat(peer.ask("append one")).isEqualTo("done");
    Store store = open(lease);
    peer.stop();
    try (OwnedRun run = adoptAsSoonAsPossible(store)) {
      run.append(logged("two"));
      run.settle();
      peer.goOn();
      assertThat(peer.ask("append three"))
          .startsWith(
              "LOST Run r1 is no longer this process's: its lease had run out, and process "
                  + ProcessHandle.current().pid()
                  + " on ");
      assertThat(events(store, "r1")).containsExactly(logged("one"), logged("two"));
    }
  }

  private static OwnedRun adoptAsSoonAsPossible(Store store) throws InterruptedException {
    while (true) {
      try {
        return store.adopt("r1", event -> {});
      } catch (HeldException held) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  @Test
  void whoeverWasStoppedGoesOnWhenNobodyHasTheRun() throws Exception {
    Duration lease = Duration.ofSeconds(1);
    Peer peer = peer(lease).opened();
    assertThat(peer.ask("begin r1")).isEqualTo("done");
    assertThat(peer.ask("append one")).isEqualTo("done");
    Store store = open(lease);
    peer.stop();
    while (store.run("r1").orElseThrow().state() == StoredRun.State.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    peer.goOn();
    assertThat(peer.ask("append two")).isEqualTo("done");
    assertThat(events(store, "r1")).containsExactly(logged("one"), logged("two"));
  }

  @Test
  void severalMakeTheStoreAtOnce() throws Exception {
    List<Peer> many = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.add(peer(StoreSettings.LEASE));
    }
    for (Peer peer : many) {
      peer.tell("open");
    }
    for (Peer peer : many) {
      assertThat(peer.read()).isEqualTo("open");
    }
    for (int i = 0; i < many.size(); i++) {
      assertThat(many.get(i).ask("begin r" + i)).isEqualTo("done");
      assertThat(many.get(i).ask("append one")).isEqualTo("done");
    }
    assertThat(open().runs(all()).items()).hasSize(4);
  }

  @Test
  void noPoolIsEverFullerThanItsLimit() throws Exception {
    Duration lease = Duration.ofSeconds(2);
    List<Peer> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.add(peer(lease).opened());
    }
    for (int i = 0; i < many.size(); i++) {
      // Those that skip come in between.
      Overlap overlap = i == 4 ? Overlap.SKIP : Overlap.QUEUE;
      many.get(i).tell("pool p 2 " + overlap + " " + (i == 0 ? 100 : 10) + " " + i);
    }
    // The first one is killed when it has its turn; the others wait for no dead one.
    assertThat(many.getFirst().read()).isEqualTo("inside");
    many.getFirst().kill();
    for (Peer peer : many.subList(1, many.size())) {
      String line = peer.read();
      while (line.equals("inside")) {
        line = peer.read();
      }
      assertThat(line).isIn("most 0", "most 1", "most 2");
    }
  }

  private static final Pool POOL = new Pool("p", 1, Overlap.QUEUE);

  private static CompletableFuture<OwnedRun.Turn> turn(OwnedRun run) {
    var turn = new CompletableFuture<OwnedRun.Turn>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            turn.complete(run.awaitTurn(behind -> {}));
          } catch (InterruptedException | RuntimeException stopped) {
            turn.completeExceptionally(stopped);
          }
        });
    return turn;
  }

  @Test
  void theQueueKeepsTheOrderOfArrival() throws Exception {
    Store store = open();
    List<OwnedRun> runs = new ArrayList<>();
    List<CompletableFuture<OwnedRun.Turn>> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      OwnedRun run = store.begin(run("r" + i, POOL), event -> {});
      runs.add(run);
      var waits = new CompletableFuture<List<String>>();
      var turn = new CompletableFuture<OwnedRun.Turn>();
      turns.add(turn);
      Thread.ofPlatform()
          .start(() -> {
            try {
              turn.complete(run.awaitTurn(waits::complete));
            } catch (InterruptedException | RuntimeException stopped) {
              turn.completeExceptionally(stopped);
            }
          });
      if (i == 0) {
        turn.get(10, TimeUnit.SECONDS);
      } else {
        List<String> ahead = IntStream.range(0, i).mapToObj(n -> "r" + n).toList();
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(ahead);
      }
    }
    for (int i = 0; i < 4; i++) {
      assertThat(turns.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(new OwnedRun.Turn.Granted());
      assertThat(turns.subList(i + 1, 4)).noneMatch(CompletableFuture::isDone);
      runs.get(i).append(ended("r" + i, Outcome.SUCCEEDED, null));
      runs.get(i).close();
    }
  }

  @Test
  void oneTooManyIsRefusedOrTakesThePlaceOfTheOther() throws Exception {
    Store store = open();
    OwnedRun first = store.begin(run("r1", POOL), event -> {});
    assertThat(first.awaitTurn(behind -> {})).isEqualTo(new OwnedRun.Turn.Granted());
    for (Overlap overlap : List.of(Overlap.SKIP, Overlap.FAIL)) {
      try (OwnedRun run = store.begin(run(overlap.name(), new Pool("p", 1, overlap)), e -> {})) {
        assertThat(run.awaitTurn(behind -> {}))
            .isEqualTo(new OwnedRun.Turn.Refused(List.of("r1"), overlap == Overlap.SKIP));
      }
    }
    var asked = new CompletableFuture<String>();
    first.onCancelRequested(asked::complete);
    OwnedRun newest = store.begin(run("r9", new Pool("p", 1, Overlap.CANCEL_RUNNING)), event -> {});
    CompletableFuture<OwnedRun.Turn> turn = turn(newest);
    assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("run r9 takes its place");
    assertThat(turn).isNotDone();
    first.append(ended("r1", Outcome.CANCELLED, null));
    first.close();
    assertThat(turn.get(10, TimeUnit.SECONDS)).isEqualTo(new OwnedRun.Turn.Granted());
    newest.close();
  }

  @Test
  void aRunThatGivesUpWaitingBlocksNobody() throws Exception {
    Store store = open();
    OwnedRun first = store.begin(run("r1", POOL), event -> {});
    assertThat(first.awaitTurn(behind -> {})).isEqualTo(new OwnedRun.Turn.Granted());
    OwnedRun second = store.begin(run("r2", POOL), event -> {});
    var waits = new CompletableFuture<List<String>>();
    var over = new CompletableFuture<Throwable>();
    Thread waiter =
        Thread.ofVirtual()
            .start(() -> {
              try {
                second.awaitTurn(waits::complete);
                over.complete(null);
              } catch (InterruptedException given) {
                over.complete(given);
              }
            });
    waits.get(10, TimeUnit.SECONDS);
    waiter.interrupt();
    assertThat(over.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    CompletableFuture<OwnedRun.Turn> third = turn(store.begin(run("r3", POOL), event -> {}));
    first.append(ended("r1", Outcome.SUCCEEDED, null));
    first.close();
    assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(new OwnedRun.Turn.Granted());
  }

  /** Or there would be one too many when it wakes. */
  @Test
  void whoeverWasStoppedLosesItsTurnToTheNext() throws Exception {
    Duration lease = Duration.ofSeconds(1);
    Peer peer = peer(lease).opened();
    peer.tell("pool p 1 QUEUE 2 1");
    assertThat(peer.read()).isEqualTo("inside");
    peer.stop();
    String stopped = peer.pid() + "-0";
    Store store = open(lease);
    if (store.run(stopped).orElseThrow().state() == StoredRun.State.ENDED) {
      // Too fast for us: it is in its second one, or at the end.
      stopped = peer.pid() + "-1";
    }
    try (OwnedRun run = store.begin(run("r1", POOL), event -> {})) {
      assertThat(turn(run).get(20, TimeUnit.SECONDS)).isEqualTo(new OwnedRun.Turn.Granted());
      peer.goOn();
      run.append(ended("r1", Outcome.SUCCEEDED, null));
    }
    String line = peer.read();
    while (line.equals("inside")) {
      line = peer.read();
    }
    assertThat(line).startsWith("most ");
    // It woke, went on, and could write down nothing of what it did.
    assertThat(store.run(stopped).orElseThrow().state()).isEqualTo(StoredRun.State.UNFINISHED);
    assertThat(events(store, stopped)).isEmpty();
  }
}
