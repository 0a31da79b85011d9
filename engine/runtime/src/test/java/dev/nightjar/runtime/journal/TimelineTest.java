package dev.nightjar.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Timeline.Limits;
import dev.nightjar.runtime.journal.Timeline.Span;
import dev.nightjar.runtime.journal.Timeline.Step;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.stage.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TimelineTest {

  private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
  private static final Failure FAILURE = new Failure("io", "a", "w.yaml:3:5", "gone", false, null);

  private final Timeline timeline = new Timeline(new Limits(3, 2, 2, 4, 2));

  @Test
  void stepsAreInTheOrderInWhichTheyBeganWhoeverEndedFirst() {
    started(0, "a");
    started(1, "b");
    ended(2, "b", Outcome.SUCCEEDED);
    ended(5, "a", Outcome.SUCCEEDED);
    ended(5, "c", Outcome.SKIPPED);

    assertThat(timeline.steps()).extracting(Step::path).containsExactly("a", "b", "c");
    assertThat(step("a").spans()).containsExactly(new Span(at(0), at(5), false));
    assertThat(step("c").spans()).isEmpty();
    assertThat(step("c").outcome()).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void whatACrashInterruptedGoesOnWithTheNextOwner() {
    started(0, "a");
    timeline.apply(new Event.Logged(at(3), "a", Level.INFO, "half way", null));
    timeline.apply(new Event.RunResumed(at(60), "4712 on host", 2));
    ended(65, "a", Outcome.SUCCEEDED);

    assertThat(timeline.pauses())
        .containsExactly(new Timeline.Pause(at(3), at(60), "4712 on host"));
    assertThat(step("a").spans())
        .containsExactly(new Span(at(0), at(3), true), new Span(at(60), at(65), false));
    assertThat(step("a").isOpen()).isFalse();
  }

  @Test
  void aNestedStepThatBeginsAnewAfterACrashHasNoSpanBefore() {
    started(0, "each[0].a");
    timeline.apply(new Event.RunResumed(at(60), "4712 on host", 2));
    started(70, "each[0].a");

    assertThat(step("each[0].a").spans())
        .containsExactly(new Span(at(0), at(0), true), new Span(at(70), null, false));
  }

  @Test
  void aLoopsNextTurnAddsToWhatTheStepDid() {
    for (int turn = 0; turn < 5; turn++) {
      started(10 * turn, "again.a");
      ended(10 * turn + 4, "again.a", Outcome.SUCCEEDED);
    }

    Step step = step("again.a");
    assertThat(step.metrics().recordsOut()).isEqualTo(50);
    // Two spans are kept: the earlier turns are one stretch of time.
    assertThat(step.spans())
        .containsExactly(new Span(at(0), at(34), false), new Span(at(40), at(44), false));
  }

  @Test
  void attemptsAndTheirWaitsAreCountedAndTheFirstOnesKept() {
    started(0, "a");
    for (int attempt = 1; attempt <= 3; attempt++) {
      Duration wait = attempt == 3 ? null : Duration.ofSeconds(attempt);
      timeline.apply(
          new Event.AttemptFailed(
              at(attempt), "a", -1, attempt, FAILURE, Duration.ofSeconds(1), wait));
    }

    assertThat(step("a").failedAttempts()).isEqualTo(3);
    assertThat(step("a").waited()).isEqualTo(Duration.ofSeconds(3));
    assertThat(step("a").tries()).extracting(Timeline.Try::attempt).containsExactly(1, 2);
  }

  @Test
  void aRunningStepHasWhatItsTasksHaveToldAndAnEndedOneWhatItsEndSays() {
    started(0, "a");
    timeline.apply(new Event.StageStarted(at(0), List.of("a"), 3, 100));
    for (int task = 0; task < 3; task++) {
      timeline.apply(
          new Event.TaskCommitted(
              at(task + 2),
              "a",
              task,
              "part-" + task,
              5,
              10,
              10,
              Map.of("a", new Counts(10, 9, 1, 100, 90, 5_000, 0, Map.of("lines", 2L))),
              Map.of(),
              Duration.ofSeconds(1),
              task == 1));
    }

    StepMetrics sofar = step("a").metrics();
    assertThat(sofar.recordsIn()).isEqualTo(30);
    assertThat(sofar.rejected()).isEqualTo(3);
    assertThat(sofar.counters()).containsEntry("lines", 6L);
    Timeline.Stage stage = timeline.stages().getFirst();
    assertThat(stage.done()).isEqualTo(3);
    assertThat(stage.cached()).isEqualTo(1);
    assertThat(stage.first())
        .containsExactly(
            new Timeline.TaskSpan(0, at(1), at(2), 10, false),
            new Timeline.TaskSpan(1, at(2), at(3), 10, true));

    ended(9, "a", Outcome.SUCCEEDED);
    assertThat(step("a").metrics().recordsOut()).isEqualTo(10);
  }

  @Test
  void ofManyNestedStepsTheFirstAreKeptThoseThatFailTooAndAllAreCounted() {
    var wide = new Timeline(new Limits(10, 2, 2, 4, 2));
    wide.apply(new Event.StepStarted(T, "each", "flow.foreach", NOTHING));
    for (int item = 0; item < 1_000; item++) {
      String path = "each[" + item + "].write";
      wide.apply(new Event.StepStarted(at(item), path, "file.write", NOTHING));
      boolean fails = item == 700;
      wide.apply(
          new Event.StepEnded(
              at(item + 1),
              path,
              fails ? Outcome.FAILED : Outcome.SUCCEEDED,
              null,
              fails ? FAILURE : null,
              fails,
              metrics(fails ? 9 : 1),
              NOTHING));
    }

    assertThat(wide.steps()).hasSize(12);
    assertThat(wide.steps().getLast().path()).isEqualTo("each[700].write");
    assertThat(wide.steps().getLast().failure()).isEqualTo(FAILURE);
    assertThat(wide.nestedLeft()).isEqualTo(989);
    Timeline.Nested nested = wide.nested().getFirst();
    assertThat(nested.path()).isEqualTo("each.write");
    assertThat(nested.started()).isEqualTo(1_000);
    assertThat(nested.outcomes()).isEqualTo(Map.of(Outcome.SUCCEEDED, 999L, Outcome.FAILED, 1L));
    assertThat(nested.slowest()).isEqualTo("each[700].write");
  }

  @Test
  void itemsThatEndedQuietlyAreCounted() {
    started(0, "each");
    timeline.apply(
        new Event.ItemsEnded(
            at(1),
            "each",
            "steps",
            List.of(
                new Event.ItemTable(
                    List.of(),
                    List.of(new long[] {0, 999_998}, new long[] {1_000_000, 1_000_000}),
                    List.of()))));
    timeline.apply(
        new Event.BodyEnded(at(2), "each", "steps[999999]", List.of(), FAILURE, NOTHING));

    assertThat(step("each").bodies()).isEqualTo(1_000_001);
    assertThat(step("each").failedBodies()).isEqualTo(1);
  }

  @Test
  void ofManyLinesTheFirstAreKeptAndBehindThemWarningsAndErrors() {
    var small = new Timeline(new Limits(1, 1, 1, 10, 1));
    for (int line = 0; line < 100; line++) {
      Level level = line == 50 ? Level.ERROR : Level.INFO;
      small.apply(new Event.Logged(at(line), "a", level, "line " + line, null));
    }

    assertThat(small.logs()).hasSize(11).last().extracting("message").isEqualTo("line 50");
    assertThat(small.logCounts()).isEqualTo(Map.of(Level.INFO, 99L, Level.ERROR, 1L));
    assertThat(small.logsLeft()).isEqualTo(89);
  }

  @Test
  void aStepThatWasReusedSaysFromWhere() {
    timeline.apply(
        new Event.StepReused(at(1), "a", "file.read", "cache", Outcome.SUCCEEDED, NOTHING));
    timeline.apply(
        new Event.CacheAsked(
            at(1), "a", 1, 2, List.of(new Event.CacheMiss("x", "split.size", "1", "2"))));

    assertThat(step("a").reusedFrom()).isEqualTo("cache");
    assertThat(step("a").isOpen()).isFalse();
    assertThat(step("a").cacheMisses()).isEqualTo(2);
    assertThat(step("a").misses()).hasSize(1);
  }

  @Test
  void aFileOfRejectsIsToldOnceWithTheLastWordOnIt() {
    timeline.apply(
        new Event.StageCommitted(at(1), "a", Map.of(), List.of(new RejectFile("a", "r", 3))));
    timeline.apply(
        new Event.StageCommitted(at(2), "a", Map.of(), List.of(new RejectFile("a", "r", 5))));

    assertThat(timeline.rejects()).containsExactly(new RejectFile("a", "r", 5));
  }

  @Test
  void aRunWaitsFromBeingQueuedUntilItIsAdmitted() {
    timeline.apply(new Event.RunQueued(at(0), "pool", 1, List.of("r0")));
    assertThat(timeline.queues().getFirst().to()).isNull();
    timeline.apply(new Event.RunAdmitted(at(7), "pool"));

    assertThat(timeline.queues())
        .containsExactly(new Timeline.Queue(at(0), at(7), "pool", 1, List.of("r0")));
    assertThat(timeline.first()).isEqualTo(at(0));
    assertThat(timeline.last()).isEqualTo(at(7));
  }

  private Step step(String path) {
    return timeline.steps().stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void started(int second, String step) {
    timeline.apply(new Event.StepStarted(at(second), step, "test.step", NOTHING));
  }

  private void ended(int second, String step, Outcome outcome) {
    boolean ran = outcome != Outcome.SKIPPED;
    timeline.apply(
        new Event.StepEnded(
            at(second),
            step,
            outcome,
            ran ? null : "its condition is false",
            null,
            false,
            ran ? metrics(1) : StepMetrics.NONE,
            NOTHING));
  }

  private static StepMetrics metrics(int seconds) {
    return new StepMetrics(
        Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), 1, 0, 10, 10, 0, 0, 0, Map.of());
  }

  private static Instant at(int second) {
    return T.plusSeconds(second);
  }
}
