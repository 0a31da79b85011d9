package dev.nightjar.runtime;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.spi.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/**
 * Something the engine decided or was told; immutable. All of them in order are a run's journal.
 * Steps are named by path: {@code clean}, {@code each[3].write}, {@code finally.report}.
 */
public sealed interface Event {

  Instant at();

  /**
   * A run has begun.
   *
   * @param inputs secrets masked
   */
  record RunStarted(
      Instant at, String run, String workflow, String file, Map<String, JsonNode> inputs)
      implements Event {}

  /**
   * Steps that run together have begun.
   *
   * @param steps in the order of the records
   * @param bytes what there is to read, or -1 when unknown
   */
  record StageStarted(Instant at, List<String> steps, int tasks, long bytes) implements Event {}

  /** A task of a stage is done and its part is in place. */
  record TaskCommitted(Instant at, String stage, int task, long records, Duration took)
      implements Event {}

  /** A step has begun. */
  record StepStarted(Instant at, String step, String processor) implements Event {}

  /**
   * One attempt failed.
   *
   * @param task the task's number, or -1 for a step without tasks
   * @param nextIn the wait until the next attempt; null when there is none
   */
  record AttemptFailed(
      Instant at, String step, int task, int attempt, Failure failure, @Nullable Duration nextIn)
      implements Event {}

  /**
   * A step has ended.
   *
   * @param reason why it was skipped or cancelled; null else
   * @param failure null unless it failed
   */
  record StepEnded(
      Instant at,
      String step,
      Outcome outcome,
      @Nullable String reason,
      @Nullable Failure failure,
      StepMetrics metrics,
      JsonNode outputs)
      implements Event {}

  /** A line for the run's log. */
  record Logged(Instant at, String step, Level level, String message, @Nullable JsonNode data)
      implements Event {}

  /** A point of a series. */
  record Measured(Instant at, String step, String series, Measurement measurement)
      implements Event {}

  /** Something a person should know that stops nothing: a step that holds a processor core. */
  record Warned(Instant at, String step, String message) implements Event {}

  /** A run has ended. */
  record RunEnded(Instant at, String run, RunResult result) implements Event {}
}
