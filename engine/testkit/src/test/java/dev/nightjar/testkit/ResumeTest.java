package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Journal;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed after each of their events, and go on. */
class ResumeTest {

  private static final String RECORDS =
      """
      name: records
      steps:
        - {id: n, uses: test.numbers, with: {count: 40, pieces: 8}}
        - {id: odd, uses: test.keep, with: {modulo: 2, rest: 1}}
        - {id: sort, uses: test.sort}
        - {id: out, uses: test.write, with: {path: out.txt}}
        - {id: say, uses: test.log, with: {message: "${{ steps.out.outputs.records }}"}}
        - {id: again, uses: test.numbers, with: {count: "${{ steps.out.outputs.records }}", pieces: 3}}
        - {id: out2, uses: test.write, with: {path: out2.txt}}
      finally:
        - {id: bye, uses: test.log, with: {message: "${{ steps.out2.outcome }}"}}
      outputs: {records: "${{ steps.out2.outputs.records }}"}
      """;

  @TempDir Path folder;

  @Test
  void endsAlikeWhereverItWasKilled() throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Ended undisturbed = TestPlugin.in(whole).run(RECORDS);
    assertThat(undisturbed.failure()).isNull();
    int events = undisturbed.events().size();
    for (int killed = 1; killed < events; killed++) {
      Path own = Files.createDirectory(folder.resolve("killed-" + killed));
      WorkflowTester tester = TestPlugin.in(own);
      List<Event> past = tester.kill(RECORDS, killed);

      assertSame(undisturbed, whole, tester.resume(RECORDS, past), own, killed);
    }
  }

  @Test
  void endsAlikeWhereverItWasSuspended() throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Ended undisturbed = TestPlugin.in(whole).run(RECORDS);
    int last = indexOfLastStart(undisturbed.events());
    for (int at = 2; at <= last; at++) {
      suspend(undisturbed, whole, at, Run::suspend);
    }
    for (int at = 2; at < undisturbed.events().size(); at++) {
      suspend(undisturbed, whole, at, Run::suspendNow);
    }
  }

  /** With the last step everything has begun: there is nothing to hold back. */
  private static int indexOfLastStart(List<Event> events) {
    int last = 0;
    for (int i = 0; i < events.size(); i++) {
      last = events.get(i) instanceof Event.StepStarted ? i : last;
    }
    return last;
  }

  private void suspend(Ended undisturbed, Path whole, int at, Consumer<Run> how) throws Exception {
    Path own = Files.createTempDirectory(folder, "suspended-" + at);
    WorkflowTester tester = TestPlugin.in(own);
    var journal = new SuspendingJournal(at, how);
    Run run = tester.start(RECORDS, journal);
    journal.run.complete(run);

    assertThatThrownBy(run::await)
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.why()).isEqualTo(JournalException.Cause.SUSPENDED));
    assertThat(journal.events).doesNotHaveAnyElementsOfTypes(Event.RunEnded.class);
    assertThat(outcomes(journal.events)).as("nothing else").containsOnly(Outcome.SUCCEEDED);
    assertSame(undisturbed, whole, tester.resume(RECORDS, journal.events), own, at);
  }

  private static Set<Outcome> outcomes(List<Event> events) {
    var outcomes = EnumSet.of(Outcome.SUCCEEDED);
    for (Event event : events) {
      if (event instanceof Event.StepEnded end) {
        outcomes.add(end.outcome());
      }
    }
    return outcomes;
  }

  @Test
  void theStepsThatRunWhenARunIsSuspendedEnd() throws Exception {
    var journal = new SuspendingJournal(2, Run::suspend);
    Run run = TestPlugin.in(folder).start(RECORDS, journal);
    journal.run.complete(run);

    assertThatThrownBy(run::await).hasMessageContaining("goes on when it is resumed");
    assertThat(journal.events.stream().filter(Event.StepEnded.class::isInstance))
        .as("the stage that had begun, and nothing behind it")
        .extracting(end -> ((Event.StepEnded) end).step())
        .containsExactly("n", "odd");
  }

  /** Suspends its run when it gets so many events. */
  private static final class SuspendingJournal implements Journal {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Run> run = new CompletableFuture<>();
    private final int at;
    private final Consumer<Run> how;

    SuspendingJournal(int at, Consumer<Run> how) {
      this.at = at;
      this.how = how;
    }

    @Override
    public void append(Event event) {
      events.add(event);
      if (events.size() == at) {
        how.accept(run.join());
      }
    }
  }

  @Test
  void nothingIsDoneBeforeTheBeginningIsRemembered() throws Exception {
    var journal = new SlowJournal();
    Run run = TestPlugin.in(folder).start(RECORDS, journal);

    journal.asked.await();
    assertThat(journal.events).singleElement().isInstanceOf(Event.RunStarted.class);
    journal.onDisk.countDown();

    assertThat(run.await().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(journal.events).hasAtLeastOneElementOfType(Event.StepStarted.class);
  }

  /** Remembers nothing before it is told. */
  private static final class SlowJournal implements Journal {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch onDisk = new CountDownLatch(1);

    @Override
    public void append(Event event) {
      events.add(event);
    }

    @Override
    public void settle() {
      asked.countDown();
      boolean waited = false;
      while (!waited) {
        try {
          onDisk.await();
          waited = true;
        } catch (InterruptedException e) {
          // Nobody can be told that it is on disk before it is.
        }
      }
    }
  }

  @Test
  void endsAlikeHoweverOftenItWasKilled() throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    Ended undisturbed = TestPlugin.in(whole).run(RECORDS);
    var random = new SplittableRandom(7);
    for (int round = 0; round < 30; round++) {
      Path own = Files.createDirectory(folder.resolve("round-" + round));
      WorkflowTester tester = TestPlugin.in(own);
      List<Event> past = tester.kill(RECORDS, 1 + random.nextInt(4));
      while (!(past.getLast() instanceof Event.RunEnded)) {
        past = tester.kill(RECORDS, past, 1 + random.nextInt(6));
      }

      assertThat(files(own)).as("round %d", round).isEqualTo(files(whole));
      assertThat(commits(past))
          .as("round %d", round)
          .allSatisfy((task, n) -> assertThat(n).isOne());
      assertThat(commits(past).keySet()).isEqualTo(commits(undisturbed.events()).keySet());
    }
  }

  private static void assertSame(Ended undisturbed, Path whole, Ended run, Path own, int killed)
      throws IOException {
    assertThat(run.outcome()).as("killed after %d", killed).isEqualTo(Outcome.SUCCEEDED);
    assertThat(files(own)).as("killed after %d", killed).isEqualTo(files(whole));
    assertThat(run.outputs()).as("killed after %d", killed).isEqualTo(undisturbed.outputs());
    assertThat(commits(run.events()))
        .as("killed after %d", killed)
        .isEqualTo(commits(undisturbed.events()));
    assertThat(run.summary().operations())
        .as("killed after %d", killed)
        .isEqualTo(undisturbed.summary().operations());
    for (Event.StepEnded end : undisturbed.events(Event.StepEnded.class)) {
      assertThat(
              run.events(Event.StepEnded.class).stream()
                  .filter(other -> other.step().equals(end.step())))
          .as("%s, killed after %d", end.step(), killed)
          .singleElement()
          .satisfies(other -> {
            assertThat(other.outcome()).isEqualTo(end.outcome());
            assertThat(other.outputs()).isEqualTo(end.outputs());
            assertThat(other.metrics().recordsIn()).isEqualTo(end.metrics().recordsIn());
            assertThat(other.metrics().recordsOut()).isEqualTo(end.metrics().recordsOut());
          });
    }
  }

  private static Map<String, Integer> commits(List<Event> events) {
    var commits = new HashMap<String, Integer>();
    for (Event event : events) {
      if (event instanceof Event.TaskCommitted task) {
        commits.merge(task.stage() + "/" + task.task(), 1, Integer::sum);
      }
    }
    return commits;
  }

  /** What a user could see: names and contents. */
  private static Map<String, String> files(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    try (var all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains(".nightjar/"))
          .forEach(files::add);
    }
    return files.stream()
        .collect(Collectors.toMap(file -> folder.relativize(file).toString(), ResumeTest::text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
