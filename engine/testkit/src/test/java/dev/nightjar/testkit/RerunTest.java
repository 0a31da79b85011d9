package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.runtime.History;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.testkit.WorkflowTester.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs that take over what another one has done, and steps that only a person can judge. */
class RerunTest {

  private static final String YAML =
      """
      name: rerun
      steps:
        - {id: n, uses: test.numbers, with: {count: 6, pieces: 2}}
        - {id: sort, uses: test.sort}
        - {id: first, uses: test.do, with: {argument: first}}
        - {id: out, uses: test.write, from: sort, with: {path: out.txt}}
        - {id: last, uses: test.do, with: {argument: "${{ steps.first.outputs.said }}"}}
      """;

  private static final String ONCE =
      """
      name: once
      steps:
        - {id: pay, uses: test.do, effect: once, with: {argument: pay}}
        - {id: tell, uses: test.do, with: {argument: "told ${{ steps.pay.outputs.said }}"}}
      """;

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();
  private final AtomicBoolean broken = new AtomicBoolean();

  private WorkflowTester tester() {
    return TestPlugin.in(folder)
        .with(
            new TestPlugin.Do((argument, context) -> {
              said.add(argument);
              context.output("said", "said " + argument);
              if (broken.get() && argument.startsWith("said")) {
                throw new IOException("not today");
              }
            }));
  }

  @Test
  void takesOverWhatWasDoneBeforeTheStepThatFailed() throws Exception {
    WorkflowTester tester = tester();
    broken.set(true);
    Ended failed = tester.run(YAML);
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    broken.set(false);
    said.clear();
    Files.delete(folder.resolve("out.txt"));

    Ended again = tester.rerun(YAML, failed.events(), "out");

    assertThat(again.failure()).isNull();
    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(said).containsExactly("said first");
    assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo("6\n5\n4\n3\n2\n1\n");
    assertThat(again.events(Event.StepReused.class))
        .extracting(Event.StepReused::step)
        .containsExactly("n", "sort", "first");
  }

  @Test
  void computesAnewWhatIsNoLongerThere() throws Exception {
    WorkflowTester tester = tester();
    Ended succeeded = tester.run(YAML);
    assertThat(succeeded.outcome()).isEqualTo(Outcome.SUCCEEDED);
    said.clear();

    Ended again = tester.rerun(YAML, succeeded.events(), "out");

    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(said).containsExactly("said first");
    assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo("6\n5\n4\n3\n2\n1\n");
  }

  @Test
  void computesAllAnewWhenNoStepIsNamed() throws Exception {
    WorkflowTester tester = tester();
    Ended succeeded = tester.run(YAML);
    said.clear();

    assertThat(tester.rerun(YAML, succeeded.events(), null).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(said).containsExactly("first", "said first");
  }

  @Test
  void leavesAStepInDoubtToAPerson() throws Exception {
    WorkflowTester tester = tester();
    List<Event> past =
        tester.run(ONCE).events().stream()
            .takeWhile(event -> !(event instanceof Event.StepEnded))
            .toList();
    assertThat(past.getLast()).isInstanceOf(Event.AttemptStarted.class);
    assertThat(History.of(past.stream()).inDoubt()).containsExactly(new History.Doubt("pay", -1));
    assertThatThrownBy(() -> tester.resume(ONCE, past)).isInstanceOf(IllegalStateException.class);
    said.clear();

    Ended again = tester.resume(ONCE, resolved(past, false));
    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(said).containsExactly("pay", "told said pay");
    said.clear();

    Ended done = tester.resume(ONCE, resolved(past, true));
    assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(said).containsExactly("told receipt 7");
  }

  private static List<Event> resolved(List<Event> past, boolean succeeded) {
    var outputs = JsonNodeFactory.instance.objectNode();
    if (succeeded) {
      outputs.put("said", "receipt 7");
    }
    var word = new Event.StepResolved(past.getLast().at(), "pay", succeeded, outputs);
    return Stream.concat(past.stream(), Stream.of(word)).toList();
  }
}
