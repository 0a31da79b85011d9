package dev.nightjar.plugin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.History;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.spi.Doc;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.Task;
import dev.nightjar.testkit.WorkflowTester;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested steps of runs that are killed and go on. */
@Timeout(120)
public class ResumeTest {

  private static final String NESTED =
      """
      name: nested
      steps:
        - id: each
          uses: flow.foreach
          with: {in: [1, 2, 3, 4, 5], max_parallel: 2}
          steps:
            - {id: a, uses: test.note, with: {text: "a${{ item }}"}}
            - {id: b, uses: flow.set, with: {values: {twice: "${{ item * 2 }}"}}}
        - id: again
          uses: flow.retry
          with: {max_attempts: 4, delay: 1h, backoff: constant}
          steps:
            - {id: c, uses: test.note, with: {text: "c${{ attempt }}"}}
            - {id: bad, uses: test.refuse, if: "attempt < 3"}
        - id: beside
          uses: flow.parallel
          steps:
            - {id: d, uses: test.note, with: {text: d}}
            - {id: e, uses: test.note, with: {text: e}}
        - id: inner
          uses: flow.foreach
          with: {in: [x, y]}
          steps:
            - id: twice
              uses: flow.foreach
              with: {in: [1, 2, 3]}
              steps:
                - {id: f, uses: test.note, with: {text: "f${{ item }}"}}
        - {id: end, uses: test.note, with: {text: end}, retry: 2}
      outputs: {attempts: "${{ steps.again.outputs.attempts }}", items: "${{ steps.each.outputs.items }}"}
      """;

  private final List<String> notes = new CopyOnWriteArrayList<>();

  @ProcessorSpec(name = "test.note", summary = "Notes that it was run.", effect = Effect.ONCE)
  public static final class Note implements Task<Note.Options> {
    private final List<String> notes;

    /** Notes it for nobody; the compiler asks for it. */
    public Note() {
      this(new ArrayList<>());
    }

    Note(List<String> notes) {
      this.notes = notes;
    }

    public record Options(@Doc("What to note.") String text) {}

    @Override
    public void run(Note.Options options, StepContext context) {
      notes.add(options.text());
      context.output("text", options.text());
    }
  }

  @ProcessorSpec(name = "test.refuse", summary = "Refuses, for now.")
  public static final class Refuse implements Task<Refuse.Options> {

    public record Options() {}

    @Override
    public void run(Refuse.Options options, StepContext context) throws Exception {
      throw new IOException("not yet");
    }
  }

  @TempDir Path folder;

  private WorkflowTester tester(Duration quiet) {
    return WorkflowTester.in(folder)
        .with(
            new ForEach(),
            new Retry(),
            new Parallel(),
            new SetOutputs(),
            new Refuse(),
            new Note(notes))
        .quiet(quiet);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1H"})
  void doesNothingTwiceThatMayBeDoneOnceWhereverItWasKilled(Duration quiet) throws Exception {
    WorkflowTester tester = tester(quiet);
    Ended undisturbed = tester.run(NESTED);
    assertThat(undisturbed.failure()).isNull();
    List<String> expected = notes.stream().sorted().toList();
    int events = undisturbed.events().size();
    for (int killed = 1; killed < events; killed++) {
      notes.clear();
      List<Event> past = tester.kill(NESTED, killed);
      if (isInDoubt(past)) {
        continue;
      }
      Ended run = tester.resume(NESTED, past);

      assertThat(run.outcome()).as("killed after %d", killed).isEqualTo(Outcome.SUCCEEDED);
      assertThat(run.outputs()).isEqualTo(undisturbed.outputs());
      assertThat(notes.stream().sorted().toList())
          .as("killed after %d", killed)
          .isEqualTo(expected);
    }
  }

  private static boolean isInDoubt(List<Event> past) {
    return !History.of(past.stream()).inDoubt().isEmpty();
  }

  @Test
  void endsAlikeHoweverOftenItWasKilled() throws Exception {
    WorkflowTester tester = tester(Duration.ZERO);
    Ended undisturbed = tester.run(NESTED);
    var random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      List<Event> past = tester.kill(NESTED, 1 + random.nextInt(9));
      while (!isInDoubt(past) && !(past.getLast() instanceof Event.RunEnded)) {
        past = tester.kill(NESTED, past, 1 + random.nextInt(12));
      }
      if (past.getLast() instanceof Event.RunEnded end) {
        assertThat(end.result().outputs()).isEqualTo(undisturbed.outputs());
      }
    }
  }

  @Test
  void doesNotWaitAgainForWhatItHasWaitedFor() throws Exception {
    WorkflowTester tester = tester(Duration.ZERO);
    Ended undisturbed = tester.run(NESTED);
    List<Event> past =
        undisturbed.events().subList(0, undisturbed.events().size() - 1).stream()
            .takeWhile(
                event -> !(event instanceof Event.StepEnded end && end.step().equals("again")))
            .toList();
    int waits = tester.waits().size();
    assertThat(waits).isEqualTo(2);

    assertThat(tester.resume(NESTED, past).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(tester.waits()).hasSize(waits);
  }
}
