package dev.nightjar.daemon;

import static dev.nightjar.daemon.DaemonSample.START;
import static dev.nightjar.daemon.DaemonSample.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightjar.daemon.folder.Sha256;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Firing;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A whole daemon, whose clock is moved by hand. */
@Timeout(120)
class DaemonTest {

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  @TempDir Path temp;
  private DaemonSample sample;

  @BeforeEach
  void open() throws IOException {
    sample = new DaemonSample(temp, Map.of());
  }

  @AfterEach
  void close() {
    sample.close();
  }

  @Test
  void aLookThatFailsIsShownAndTheTimeFiresAllTheSame() throws Exception {
    sample.write(
        "w.yaml", "name: w\ntriggers: [{id: t, cron: '0 * * * *'}]\nsteps: [{uses: test.greet}]\n");
    try (Daemon daemon = sample.start()) {
      while (sample.store.firings().known("w", "t").isEmpty()) {
        Thread.sleep(20);
      }
      sample.chanceFails = true;
      sample.clock.advance(Duration.ofSeconds(31));
      IllegalStateException first = next(sample.failures);
      IllegalStateException second = next(sample.failures);

      assertThat(second).as("a look again").isNotSameAs(first);
      assertThat(daemon.problems())
          .containsExactly(
              "triggers wait: this is a bug in Nightjar: java.lang.IllegalStateException: no chance");
      assertThat(fired()).isEmpty();

      sample.chanceFails = false;
      String run = next(sample.ended);
      assertThat(sample.store.run(run)).isPresent();
      assertThat(fired()).containsExactly(Instant.parse("2026-11-20T12:00:00Z"));
      daemon.stop();
      assertThat(daemon.problems()).isEmpty();
      assertThat(sample.notices).extracting(Notice::text).contains("w: run " + run + " succeeded");
    }
    assertThat(sample.notices)
        .filteredOn(notice -> notice.level() == Notice.Level.ERROR)
        .as("told once, with where it was")
        .singleElement()
        .satisfies(notice ->
            assertThat(notice.text()).contains("this is a bug", "no chance", "Daemon.look"));
  }

  @Test
  void whatComesWhileLooksFailForLongIsMissed() throws Exception {
    sample.write(
        "w.yaml", "name: w\ntriggers: [{id: t, cron: '* * * * *'}]\nsteps: [{uses: test.greet}]\n");
    try (Daemon daemon = sample.start()) {
      while (sample.store.firings().known("w", "t").isEmpty()) {
        Thread.sleep(20);
      }
      sample.chanceFails = true;
      for (int i = 0; i < 6; i++) {
        sample.clock.advance(Duration.ofSeconds(50));
        sample.failures.clear();
        next(sample.failures);
        next(sample.failures);
      }
      sample.chanceFails = false;
      next(sample.ended);
      daemon.stop();
    }
    List<Firing> decided =
        sample.store.firings().list("w", "t", Instant.parse("2100-01-01T00:00:00Z"), 10);
    assertThat(decided)
        .filteredOn(firing -> firing.run() != null)
        .as("the last one runs, late")
        .extracting(Firing::due, Firing::reason)
        .containsExactly(tuple(Instant.parse("2026-11-20T12:04:00Z"), "looks failed for 4m 10s"));
    assertThat(decided)
        .filteredOn(firing -> firing.run() == null)
        .isNotEmpty()
        .allSatisfy(firing ->
            assertThat(firing.reason())
                .startsWith("looks failed for ")
                .endsWith(", and of such times only the last one runs"));
  }

  @Test
  void aKeyStandsForOneWish() throws Exception {
    String text =
        "name: w\ninputs: {a: {type: json}, b: {type: json}, pw: {type: secret}}\nsteps: [{uses: test.greet}]\n";
    sample.write("v.yaml", text.replace("name: w", "name: v"));
    sample.write("w.yaml", text);
    try (Daemon daemon = sample.start()) {
      Operations operations = daemon.operations();
      ObjectNode wish = wish().put("a", 1).put("b", 2).put("pw", "one");
      var begun = operations.start("w", wish, "me", "k1", null);
      assertThat(begun.anew()).isTrue();

      var old = new Operations.Started(begun.run(), false);
      assertThat(operations.start("w", wish, "me", "k1", null)).isEqualTo(old);
      ObjectNode turned = wish().put("pw", "two").put("b", 2).put("a", 1);
      assertThat(operations.start("w", turned, "me", "k1", null))
          .as("in another order; of secrets nothing is kept")
          .isEqualTo(old);
      assertThatThrownBy(() -> operations.start("w", wish().put("a", 1), "me", "k1", null))
          .isInstanceOf(Operations.KeyUsedException.class)
          .hasMessage(
              "the key `k1` has begun run %s, which something else was asked of; take another key for another wish",
              begun.run());
      assertThat(operations.start("v", wish, "me", "k1", null).anew())
          .as("another workflow")
          .isTrue();
    }
  }

  private static ObjectNode wish() {
    return JsonNodeFactory.instance.objectNode();
  }

  private List<Instant> fired() {
    return sample.store.firings().list("w", "t", Instant.parse("2100-01-01T00:00:00Z"), 10).stream()
        .map(Firing::due)
        .toList();
  }

  @Test
  void aRunThatWaitsForAPersonSaysWhatToDo() throws Exception {
    String text = "name: pay\nsteps: [{id: send, uses: test.greet, effect: once}]\n";
    sample.write("pay.yaml", text);
    leave(
        "r1",
        "pay",
        Sha256.of(text),
        text,
        new Event.StepStarted(START, "send", "test.greet", NOTHING),
        new Event.AttemptStarted(START, "send", -1, 1));

    try (Daemon daemon = sample.start()) {
      Notice told = next(sample.notices);
      while (told.level() != Notice.Level.WARNING) {
        told = next(sample.notices);
      }
      assertThat(daemon.problems()).containsExactly(told.text());
      assertThat(told.text())
          .startsWith("run r1 waits for an answer: what became of `send`? ")
          .endsWith("`nightjar resolve r1 send --succeeded` or `--again`");

      assertThat(daemon.operations().resolve("r1", "send", true, NOTHING)).isEmpty();
      sample.clock.advance(Duration.ofSeconds(16));
      assertThat(next(sample.ended)).isEqualTo("r1");
      daemon.stop();
      assertThat(daemon.problems()).isEmpty();
    }
    assertThat(sample.store.run("r1").orElseThrow().state()).isEqualTo(StoredRun.State.ENDED);
  }

  @Test
  void aDamagedRunHoldsUpNoOther() throws Exception {
    String text = "name: w\nsteps: [{uses: test.greet}]\n";
    sample.write("w.yaml", text);
    leave("r1", text, "");
    leave("r2", text, "# changed");
    leave("r3", text, "");

    try (Daemon daemon = sample.start()) {
      String first = next(sample.ended);
      assertThat(List.of(first, next(sample.ended))).containsExactlyInAnyOrder("r1", "r3");
      assertThat(daemon.problems())
          .singleElement()
          .asString()
          .startsWith("The store ")
          .contains("is damaged: the text of the workflow");
    }
    assertThat(sample.notices)
        .extracting(Notice::text)
        .filteredOn(told -> told.contains("is damaged"))
        .as("told once")
        .singleElement()
        .asString()
        .startsWith("The store ");
  }

  @Test
  void aStoreThatRefusesIsAskedOnceALookAndNotOnceARun() throws Exception {
    String text = "name: w\nsteps: [{uses: test.greet}]\n";
    sample.write("w.yaml", text);
    for (int i = 0; i < 5; i++) {
      leave("r" + i, text, "");
    }
    var away = new AtomicBoolean(true);
    var asked = new LinkedBlockingQueue<String>();
    Store store = refusing(away, asked);

    try (Daemon daemon =
        Daemon.start(
            sample.settings(), store, ResultCache.NONE, sample.surroundings, sample.watcher())) {
      assertThat(next(asked)).isEqualTo("r0");
      sample.clock.advance(Duration.ofSeconds(16));
      assertThat(next(asked)).as("the second look").isEqualTo("r0");
      assertThat(daemon.problems()).containsExactly("unfinished runs wait: it is away");

      away.set(false);
      sample.clock.advance(Duration.ofSeconds(16));
      for (int i = 0; i < 5; i++) {
        assertThat(next(sample.ended)).startsWith("r");
      }
      daemon.stop();
      assertThat(daemon.problems()).isEmpty();
    }
    assertThat(sample.notices)
        .extracting(Notice::text)
        .filteredOn(told -> told.contains("it is away"))
        .containsExactly("unfinished runs wait: it is away");
  }

  /** The sample's store, which lets nobody take over a run while it is away. */
  private Store refusing(AtomicBoolean away, Queue<String> asked) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (away.get() && method.getName().equals("adopt")) {
                asked.add((String) arguments[0]);
                throw new StoreException("it is away", null);
              }
              try {
                return method.invoke(sample.store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /**
   * As a process leaves a run of {@code w.yaml} that is killed when it has just begun.
   *
   * @param damage what is behind its workflow's text and was not when the text was stored
   */
  private void leave(String id, String text, String damage) {
    // Each has a text of its own, so that damage to one is none to others.
    String own = text + "# " + id + "\n";
    leave(id, "w", Sha256.of(own), own + damage);
  }

  /**
   * As a process leaves a run that is killed.
   *
   * @param then what it did before
   */
  private void leave(String id, String name, String digest, String text, Event... then) {
    String file = sample.folder.resolve(name + ".yaml").toString();
    var run = new NewRun(id, name, file, digest, text, START, null);
    try (OwnedRun owned = sample.store.begin(run, event -> {})) {
      owned.append(
          new Event.RunStarted(START, id, name, file, Map.of(), digest, List.of(), NOTHING, null));
      List.of(then).forEach(owned::append);
    }
  }
}
