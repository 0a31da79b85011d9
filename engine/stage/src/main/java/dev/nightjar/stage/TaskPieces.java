package dev.nightjar.stage;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pieces of one attempt of a task one after the other, so that what each of them leaves
 * can be told apart. What record steps open is opened once for all of them, as in a task that is
 * run in one go: to compile a schema may take longer than to read a file.
 *
 * <p>What was counted is added to nothing before {@link #count} is told to, and nothing is forced
 * to disk.
 */
public final class TaskPieces implements AutoCloseable {

  private final Stage stage;
  private final Attempt attempt;
  private final StepServices services;
  private final Map<String, Shared> shared = new LinkedHashMap<>();

  /** A record step that all pieces share, and what it had counted before the piece. */
  private static final class Shared {
    private final TaskStep step;
    private @Nullable RecordFunction function;
    private Counts before;

    Shared(TaskStep step) {
      this.step = step;
      this.before = step.tally().counts();
    }
  }

  public TaskPieces(Stage stage, Attempt attempt, StepServices services) {
    this.stage = stage;
    this.attempt = attempt;
    this.services = services;
  }

  /** Runs the next piece; as {@link TaskRunner#run}. */
  public TaskResult run(StageTask piece) {
    shared.values().forEach(one -> one.before = one.step.tally().counts());
    return TaskRunner.run(stage, piece, attempt, services, this);
  }

  /** Adds what steps have counted to their meters, and charges what they set aside. */
  public void count(Map<String, Counts> counts) {
    for (StageStep step : stage.steps()) {
      Counts own = counts.get(step.step());
      if (own != null) {
        step.meter().keep(own);
        if (step.rejects() instanceof RejectPolicy.Keep keep) {
          keep.budget().use(own.rejected());
        }
      }
    }
  }

  /** The step as an earlier piece has begun it; null when none has. */
  @Nullable TaskStep step(StageStep step) {
    Shared known = shared.get(step.step());
    return known == null ? null : known.step;
  }

  /** A step that a piece has begun, and may share. */
  void begun(TaskStep step) {
    if (step.step().processor() instanceof RecordProcessor<?>) {
      shared.computeIfAbsent(step.id(), id -> new Shared(step));
    }
  }

  boolean shares(TaskStep step) {
    return shared.containsKey(step.id());
  }

  /** What a step has counted in this piece. */
  Counts counts(TaskStep step) {
    Counts all = step.tally().counts();
    Shared known = shared.get(step.id());
    return known == null ? all : all.minus(known.before);
  }

  /** The function of a step, which outlives the piece. */
  RecordFunction function(TaskStep step) {
    Shared one = Objects.requireNonNull(shared.get(step.id()));
    RecordFunction known = one.function;
    if (known == null) {
      known = TaskRunner.open(step);
      one.function = known;
    }
    return new Lent(known);
  }

  /** Is closed by its owner. */
  private record Lent(RecordFunction function) implements RecordFunction {
    @Override
    public void apply(DataRecord record, Output out) throws Exception {
      function.apply(record, out);
    }
  }

  /**
   * Closes what was opened.
   *
   * @throws StepFailure naming the first step that fails to, when all others are closed
   */
  @Override
  public void close() {
    var failures = new HashMap<String, IOException>();
    for (Shared one : shared.values()) {
      try {
        if (one.function != null) {
          one.function.close();
        }
      } catch (IOException e) {
        failures.put(one.step.id(), e);
      } finally {
        one.step.context().close();
        one.step.meter().end(one.step.tally(), false);
      }
    }
    failures.forEach((step, e) -> {
      throw StepFailure.of(step, null, e);
    });
  }
}
