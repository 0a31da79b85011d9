package dev.nightjar.runtime.journal;

import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.runtime.monitor.StepMetrics;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.spi.Measurement;
import dev.nightjar.spi.Split;
import dev.nightjar.stage.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

/**
 * Something the engine decided or was told; immutable. All of them in order are a run's journal.
 * Steps are named by path: {@code clean}, {@code each[3].write}, {@code finally.report}. Secrets
 * are masked.
 */
public sealed interface Event {

  Instant at();

  /**
   * A run has begun.
   *
   * @param digest SHA-256 of the workflow file's text, which the store keeps
   * @param plugins those the workflow uses
   * @param trigger what {@code trigger.*} means in this run
   * @param rerun null unless it takes over what another run has done
   */
  record RunStarted(
      Instant at,
      String run,
      String workflow,
      String file,
      Map<String, JsonNode> inputs,
      String digest,
      List<PluginUsed> plugins,
      JsonNode trigger,
      @Nullable Rerun rerun)
      implements Event {}

  /**
   * A plugin as it was when the run began.
   *
   * @param sha256 of its jar; empty for one that comes from no jar
   */
  record PluginUsed(String id, String version, String sha256) {}

  /**
   * What a run takes over.
   *
   * @param from the step from which on everything is done anew; null for all
   */
  record Rerun(String run, @Nullable String from) {}

  /**
   * A process has taken over a run that another one left unfinished.
   *
   * @param owner the process: {@code 4711 on host}
   * @param fence of its lease; larger than that of every owner before
   */
  record RunResumed(Instant at, String owner, long fence) implements Event {}

  /** The run has to wait because others of its pool are running. */
  record RunQueued(Instant at, String pool, int limit, List<String> behind) implements Event {}

  /** It is the run's turn. */
  record RunAdmitted(Instant at, String pool) implements Event {}

  /** Somebody wants the run to end; {@code finally} still runs. */
  record CancelRequested(Instant at, String reason) implements Event {}

  /**
   * Steps that run together have begun.
   *
   * @param steps in the order of the records
   * @param bytes what there is to read, or -1 when unknown
   */
  record StageStarted(Instant at, List<String> steps, int tasks, long bytes) implements Event {}

  /**
   * How a stage's input is shared out; remembered before its first task begins, so that whoever
   * takes the run over shares it out alike.
   *
   * @param stage the path of its first step
   * @param tasks what each task reads; empty lists for a stage that reads records on disk
   * @param files the files that options name, and the SHA-256 of what was in them
   */
  record SplitsListed(Instant at, String stage, List<List<Split>> tasks, Map<String, String> files)
      implements Event {}

  /**
   * A task of a stage is done and its part is in place, on disk.
   *
   * @param stage the path of its first step
   * @param part the name of its folder in the stage's; empty when it left no files
   * @param bytes of all files in that folder
   * @param records that the last step emitted, or read if it is a sink
   * @param lines that its source has read
   * @param counts by step
   * @param outputs that steps published, by step
   * @param cached whether an earlier run has done the work
   */
  record TaskCommitted(
      Instant at,
      String stage,
      int task,
      String part,
      long bytes,
      long records,
      long lines,
      Map<String, Counts> counts,
      Map<String, Map<String, JsonNode>> outputs,
      Duration took,
      boolean cached)
      implements Event {}

  /**
   * The parts of a stage are put together and visible.
   *
   * @param stage the path of its first step
   * @param outputs of the sink's commit
   * @param rejects the files of rejects that came into place with it
   */
  record StageCommitted(
      Instant at, String stage, Map<String, JsonNode> outputs, List<RejectFile> rejects)
      implements Event {}

  /**
   * What the cache had for a stage or step.
   *
   * @param hits how many of its tasks' splits, or 1 for a step without splits
   * @param misses how many it did not have
   * @param why the first few of those that it did not have
   */
  record CacheAsked(Instant at, String step, long hits, long misses, List<CacheMiss> why)
      implements Event {}

  /**
   * Why an earlier result could not be used.
   *
   * @param source of the split; empty for a step without splits
   * @param field the part of the key that differs, {@code split.size}; {@code none} when nothing is
   *     kept for this work, {@code expired}, {@code damaged}
   */
  record CacheMiss(String source, String field, @Nullable String was, @Nullable String is) {

    /** {@code a.json: split.size was 10, is 12}. */
    public String text() {
      String about = source.isEmpty() ? "" : source + ": ";
      return about
          + switch (field) {
            case "none" -> "nothing is kept for it";
            case "expired" -> "what is kept has expired";
            case "damaged" -> "what is kept is damaged";
            default -> field + " was " + value(was) + ", is " + value(is);
          };
    }

    private static String value(@Nullable String value) {
      return value == null ? "not there" : value;
    }
  }

  /**
   * A step has begun.
   *
   * @param because what its condition says, the values in it, and how the steps ended that it
   *     needs; an empty object when there is nothing of that
   */
  record StepStarted(Instant at, String step, String processor, JsonNode because)
      implements Event {}

  /**
   * An attempt of a step that must not be repeated by a crash is about to begin.
   *
   * @param task the task's number, -1 for a step without tasks, -2 for a sink's commit
   */
  record AttemptStarted(Instant at, String step, int task, int attempt) implements Event {}

  /**
   * One attempt failed.
   *
   * @param task the task's number, or -1 for a step without tasks
   * @param nextIn the wait until the next attempt; null when there is none
   */
  record AttemptFailed(
      Instant at,
      String step,
      int task,
      int attempt,
      Failure failure,
      Duration took,
      @Nullable Duration nextIn)
      implements Event {}

  /**
   * A step has ended.
   *
   * @param reason why it was skipped or cancelled; null else
   * @param failure null unless it failed
   * @param blocks whether steps that need it are skipped, too
   */
  record StepEnded(
      Instant at,
      String step,
      Outcome outcome,
      @Nullable String reason,
      @Nullable Failure failure,
      boolean blocks,
      StepMetrics metrics,
      JsonNode outputs)
      implements Event {}

  /**
   * A step was not run, because its result is known.
   *
   * @param from the run that did the work, or {@code cache}
   */
  record StepReused(
      Instant at, String step, String processor, String from, Outcome outcome, JsonNode outputs)
      implements Event {}

  /**
   * Nested steps have ended once.
   *
   * @param step the path of the step around them
   * @param body the block, the branch and the item: {@code steps}, {@code steps[3]}
   * @param steps the paths of the nested steps
   * @param failure null when they succeeded
   */
  record BodyEnded(
      Instant at,
      String step,
      String body,
      List<String> steps,
      @Nullable Failure failure,
      JsonNode outputs)
      implements Event {}

  /**
   * Nested steps have ended for many items, each so soon that it has no events of its own.
   *
   * @param step the path of the step around them
   */
  record ItemsEnded(Instant at, String step, String block, List<ItemTable> tables)
      implements Event {}

  /**
   * Items for which nested steps have published the same names: a million items say them once.
   *
   * @param columns where each value belongs
   * @param items first and last index of each range
   * @param values row by row, in the order of the items: one for each column
   */
  record ItemTable(List<ItemColumn> columns, List<long[]> items, List<JsonNode> values) {

    /** How many items. */
    long count() {
      return items.stream().mapToLong(range -> range[1] - range[0] + 1).sum();
    }

    /** Whether an item is one of them. */
    boolean has(long item) {
      return items.stream().anyMatch(range -> range[0] <= item && item <= range[1]);
    }
  }

  /**
   * The place of a value.
   *
   * @param step the id of the nested step that has published it
   */
  record ItemColumn(String step, String name) {}

  /**
   * A person has said what became of an attempt that a crash interrupted.
   *
   * @param succeeded whether it did its work; else it is done again
   */
  record StepResolved(Instant at, String step, boolean succeeded, JsonNode outputs)
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
