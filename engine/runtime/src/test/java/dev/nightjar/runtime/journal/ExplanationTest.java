package dev.nightjar.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Reason.Kind;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary;
import dev.nightjar.runtime.monitor.Summary.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class ExplanationTest {

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final List<Event> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void aStepThatRanSaysWhatItsConditionSawAndWhatCameBefore() {
    begin(null);
    ran("count");
    after(500);
    ObjectNode because = NOTHING.deepCopy().put("condition", "steps.count.outputs.n > 2");
    because.putObject("values").put("steps.count.outputs.n", 3);
    events.add(new Event.StepStarted(now, "report", "flow.log", because));
    after(1500);
    end("report", Outcome.SUCCEEDED, null, null);

    assertThat(texts("report"))
        .containsExactly(
            "began 1.5 s after the run did; the last to end before was `count`, 500 ms earlier",
            "ran: its condition `steps.count.outputs.n > 2` is true (steps.count.outputs.n = 3)",
            "succeeded after 1.5 s");
  }

  @Test
  void aStepThatWasSkippedSaysWhy() {
    begin(null);
    end("report", Outcome.SKIPPED, "its condition `inputs.x` is false (inputs.x = false)", null);

    assertThat(texts("report"))
        .containsExactly("was skipped: its condition `inputs.x` is false (inputs.x = false)");
    assertThat(reasons("report")).extracting(Reason::kind).containsExactly(Kind.SKIPPED);
  }

  @Test
  void retriesAreToldOneByOneUntilThereAreTooMany() {
    begin(null);
    start("fetch");
    for (int attempt = 1; attempt <= 14; attempt++) {
      after(20);
      events.add(
          new Event.AttemptFailed(
              now,
              "fetch",
              3,
              attempt,
              failure("fetch", "answer " + attempt),
              Duration.ofMillis(20),
              Duration.ofSeconds(4)));
    }
    end("fetch", Outcome.FAILED, null, failure("fetch", "answer 15"));

    assertThat(texts("fetch"))
        .hasSize(13)
        .contains(
            "attempt 1 of task 3 failed after 20 ms, the next one came after 4.0 s: [io] answer 1",
            "4 further attempts failed and were each followed by another one, the last with: [io]"
                + " answer 14",
            "failed after 1.5 s: [io] answer 15");
  }

  @Test
  void theCacheSaysWhichFieldDiffers() {
    begin(null);
    start("read");
    start("clean");
    events.add(new Event.StageStarted(now, List.of("read", "clean"), 3, 100));
    var miss = new Event.CacheMiss("b.json", "split.size", "10", "12");
    events.add(new Event.CacheAsked(now, "read", 1, 2, List.of(miss)));
    end("read", Outcome.SUCCEEDED, null, null);

    for (String step : List.of("read", "clean")) {
      assertThat(texts(step))
          .contains(
              "served from the cache: 1 of 3 tasks: b.json: split.size was 10, is 12; and 1 more");
    }
    assertThat(texts("clean"))
        .contains(
            "its work is 3 tasks, in one pass with `read`",
            "has not ended yet: 0 of 3 tasks" + " done");
  }

  @Test
  void aCrashIsToldWithWhatWasDoneAndWhatIsInDoubt() {
    begin(null);
    start("read");
    events.add(new Event.StageStarted(now, List.of("read"), 40, -1));
    commit("read", 0);
    commit("read", 1);
    start("pay");
    events.add(new Event.AttemptStarted(now, "pay", -1, 1));
    after(60_000);
    events.add(new Event.RunResumed(now, "4711 on host", 2));

    assertThat(texts("read"))
        .contains(
            "its process ended while it ran; 4711 on host went on with it: 2 of 40 tasks were"
                + " done");
    assertThat(reasons("pay")).extracting(Reason::kind).contains(Kind.IN_DOUBT);
    assertThat(texts("pay"))
        .contains(
            "attempt 1 was interrupted, and nobody knows what it did; the step must not run twice,"
                + " so say `nightjar resolve r1 pay` with --succeeded or --again");
    assertThat(Explanation.of(events.stream()).run().getLast().text())
        .isEqualTo("its process ended before it did; 4711 on host went on with it");

    events.add(new Event.StepResolved(now, "pay", true, NOTHING));
    assertThat(texts("pay"))
        .contains("somebody said that the interrupted attempt had done its work");
    assertThat(reasons("pay").getLast().kind()).isEqualTo(Kind.OPEN);
  }

  @Test
  void nestedStepsAreFoundByTheirPathAndSummedUpOtherwise() {
    begin(null);
    start("each");
    start("each[3].write");
    Failure full = failure("each[3].write", "full");
    end("each[3].write", Outcome.FAILED, null, full);
    events.add(new Event.BodyEnded(now, "each", "steps[3]", List.of(), full, NOTHING));
    events.add(
        new Event.ItemsEnded(
            now,
            "each",
            "steps",
            List.of(
                new Event.ItemTable(
                    List.of(), List.of(new long[] {0, 2}, new long[] {4, 9}), List.of()))));
    end("each", Outcome.FAILED, null, full);

    assertThat(texts("each[3].write")).endsWith("failed after 1.5 s: [io] full");
    assertThat(texts("each[7].write"))
        .containsExactly(
            "item 7 of `each` was soon done, and nothing went wrong: its steps have no events of"
                + " their own");
    assertThat(reasons("each[11].write")).isEmpty();
    assertThat(texts("each"))
        .endsWith(
            "the steps within it ran 10 times, 1 of them failed; the first one: `each[3].write`"
                + " [io] full",
            "failed after 1.5 s: because `each[3].write` within it failed: [io] full");
    assertThat(Explanation.of(events.stream()).steps())
        .extracting(Explanation.OfStep::step)
        .containsExactly("each");
  }

  @Test
  void theRunSaysWhatItWaitedForAndWhatItTakesOver() {
    begin(new Event.Rerun("r0", "clean"));
    events.add(new Event.RunQueued(now, "nightly", 2, List.of("a", "b")));
    after(3000);
    events.add(new Event.RunAdmitted(now, "nightly"));
    events.add(new Event.StepReused(now, "read", "file.read", "r0", Outcome.SUCCEEDED, NOTHING));
    events.add(
        new Event.StepReused(now, "sort", "records.sort", "cache", Outcome.SUCCEEDED, NOTHING));
    events.add(new Event.CancelRequested(now, "no longer needed"));
    events.add(
        new Event.RunEnded(now, "r1", new RunResult(Outcome.CANCELLED, null, NOTHING, sum())));

    Explanation all = Explanation.of(events.stream());
    assertThat(all.run())
        .extracting(Reason::text)
        .containsExactly(
            "started by hand",
            "rerun of r0: what is before `clean` is taken over, the rest is done anew",
            "had to wait: at most 2 runs of `nightly` at once, behind a, b",
            "got its turn in `nightly` after 3.0 s",
            "somebody wanted it to end: no longer needed",
            "was cancelled after 5.0 s");
    assertThat(texts("read"))
        .containsExactly("did not run: run r0 had done it before, with the outcome succeeded");
    assertThat(texts("sort")).containsExactly("did not run: the cache had its result");
    assertThat(all.json().at("/reasons/2/behind/1").stringValue()).isEqualTo("b");
    assertThat(all.json().at("/reasons/2/reason").stringValue()).isEqualTo("waited");
    assertThat(all.json().at("/steps/0/reasons/0/from").stringValue()).isEqualTo("r0");
  }

  @Test
  void theShortFormBeginsWithTheEndAndAddsWhatIsOutOfTheOrdinary() {
    begin(null);
    start("read");
    events.add(new Event.StageStarted(now, List.of("read"), 1, 100));
    var miss = new Event.CacheMiss("", "options.path", "a", "b");
    events.add(new Event.CacheAsked(now, "read", 0, 1, List.of(miss)));
    end("read", Outcome.SUCCEEDED, null, null);

    assertThat(Explanation.of(events.stream()).steps().getFirst().brief())
        .extracting(Reason::text)
        .containsExactly(
            "succeeded after 1.5 s", "not served from the cache: options.path was a, is b");
  }

  @Test
  void aJournalOfNothingExplainsNothing() {
    Explanation none = Explanation.of(events.stream(), "read");

    assertThat(none.steps()).isEmpty();
    assertThat(none.run()).isEmpty();
  }

  private List<Reason> reasons(String step) {
    return Explanation.of(events.stream(), step).steps().stream()
        .flatMap(one -> one.reasons().stream())
        .toList();
  }

  private List<String> texts(String step) {
    return reasons(step).stream().map(Reason::text).toList();
  }

  private void after(long millis) {
    now = now.plusMillis(millis);
  }

  private void begin(Event.@Nullable Rerun rerun) {
    events.add(
        new Event.RunStarted(
            now, "r1", "orders", "orders.yaml", Map.of(), "", List.of(), NOTHING, rerun));
  }

  private void start(String step) {
    events.add(new Event.StepStarted(now, step, "test", NOTHING));
  }

  private void ran(String step) {
    start(step);
    after(1000);
    end(step, Outcome.SUCCEEDED, null, null);
  }

  private void commit(String stage, int task) {
    events.add(
        new Event.TaskCommitted(
            now, stage, task, "part", 0, 1, 1, Map.of(), Map.of(), Duration.ZERO, false));
  }

  private void end(
      String step, Outcome outcome, @Nullable String reason, @Nullable Failure failure) {
    var took = Duration.ofMillis(outcome == Outcome.SKIPPED ? 0 : 1500);
    var metrics = new StepMetrics(took, took, 1, 0, 0, 0, 0, 0, 0, Map.of());
    events.add(
        new Event.StepEnded(
            now, step, outcome, reason, failure, failure != null, metrics, NOTHING));
  }

  private static Failure failure(String step, String message) {
    return new Failure("io", step, "orders.yaml:3:5", message, false, null);
  }

  private static Summary sum() {
    Duration none = Duration.ZERO;
    var times = new Percentiles(none, none, none, none);
    return new Summary(
        Duration.ofSeconds(5), 0, 0, 0, 1, none, none, null, times, List.of(), List.of(), null);
  }
}
