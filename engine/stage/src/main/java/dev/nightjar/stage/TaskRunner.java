package dev.nightjar.stage;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs one attempt of one task: a thread for each stream step, the record steps behind it in the
 * same thread, a channel to the next one.
 */
public final class TaskRunner {

  private final Stage stage;
  private final StageTask task;
  private final Attempt attempt;
  private final StepServices services;
  private final List<TaskStep> steps = new ArrayList<>();
  private final List<Runner> runners = new ArrayList<>();
  private final List<RecordChain> chains = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Null when the task is run in one go. */
  private final @Nullable TaskPieces pieces;

  private TaskRunner(
      Stage stage,
      StageTask task,
      Attempt attempt,
      StepServices services,
      @Nullable TaskPieces pieces) {
    this.stage = stage;
    this.task = task;
    this.attempt = attempt;
    this.services = services;
    this.pieces = pieces;
  }

  /**
   * Runs an attempt on the calling thread and those it needs besides. Afterwards the task's folder
   * holds the parts.
   *
   * @throws StepFailure naming the step that failed
   * @throws Cancelled when the attempt was stopped
   */
  public static TaskResult run(
      Stage stage, StageTask task, Attempt attempt, StepServices services) {
    return new TaskRunner(stage, task, attempt, services, null).run();
  }

  /** Runs a piece of a task. */
  static TaskResult run(
      Stage stage, StageTask piece, Attempt attempt, StepServices services, TaskPieces pieces) {
    return new TaskRunner(stage, piece, attempt, services, pieces).run();
  }

  private TaskResult run() {
    boolean done = false;
    beginSteps();
    try (var rejects = new RejectLog(task.rejects());
        var spool = new Spool.Writer(task.spoolPart())) {
      assemble(rejects, spool);
      runAll();
      if (pieces == null) {
        spool.finish();
        rejects.settle();
        done = true;
      }
    } catch (StepFailure | Cancelled e) {
      throw e;
    } catch (Throwable e) {
      throw StepFailure.of(stage.steps().getLast().step(), null, e);
    } finally {
      chains.forEach(RecordChain::abandon);
      end(done);
    }
    return result();
  }

  private void end(boolean keep) {
    for (TaskStep step : steps) {
      if (pieces == null || !pieces.shares(step)) {
        step.context().close();
        step.meter().end(step.tally(), keep);
      }
    }
  }

  private void beginSteps() {
    for (StageStep step : stage.steps()) {
      TaskStep known = pieces == null ? null : pieces.step(step);
      steps.add(known == null ? begin(step) : known);
    }
    if (pieces != null) {
      steps.forEach(pieces::begun);
    }
  }

  private TaskStep begin(StageStep step) {
    Meter.Tally tally = step.meter().begin();
    String key = services.run() + "/" + step.step() + "/" + task.number();
    var context =
        new AttemptContext(
            services,
            step.step(),
            key,
            task.attemptNumber(),
            attempt,
            tally,
            task.folder(),
            task.splits());
    return new TaskStep(step, tally, context);
  }

  private TaskResult result() {
    Map<String, Map<String, JsonNode>> outputs = new LinkedHashMap<>();
    Map<String, Counts> counts = new LinkedHashMap<>();
    for (TaskStep step : steps) {
      counts.put(step.id(), pieces == null ? step.tally().counts() : pieces.counts(step));
      Map<String, JsonNode> published = step.context().outputs();
      if (!published.isEmpty()) {
        outputs.put(step.id(), published);
      }
    }
    Counts first = Objects.requireNonNull(counts.get(steps.getFirst().id()));
    Counts last = Objects.requireNonNull(counts.get(steps.getLast().id()));
    long lines = first.counters().getOrDefault(StepContext.LINES, 0L);
    boolean emits = stage.wanted() || last.recordsOut() > 0;
    long records = emits ? last.recordsOut() : last.recordsIn();
    return new TaskResult(records, lines, counts, outputs);
  }

  /** Cuts the steps before every stream step; what lies between two cuts is one thread's. */
  private void assemble(RejectLog rejects, Spool.Writer spool) {
    var heads = new ArrayList<Integer>();
    for (int i = 0; i < steps.size(); i++) {
      if (i == 0 || steps.get(i).step().processor() instanceof StreamProcessor<?>) {
        heads.add(i);
      }
    }
    Channel in = null;
    for (int i = 0; i < heads.size(); i++) {
      int from = heads.get(i);
      boolean last = i + 1 == heads.size();
      int to = last ? steps.size() : heads.get(i + 1);
      Channel out = last ? null : new Channel();
      RecordChain.BatchReader reader = out == null ? end(spool, rejects) : new ChannelWriter(out);
      runners.add(runner(from, to, in, out, reader, rejects));
      in = out;
    }
  }

  private Runner runner(
      int from,
      int to,
      @Nullable Channel in,
      @Nullable Channel out,
      RecordChain.BatchReader reader,
      RejectLog rejects) {
    TaskStep head = steps.get(from);
    var nanos = services.surroundings().nanos();
    if (!(head.step().processor() instanceof StreamProcessor<?>)) {
      var chain = chain(null, rejects, reader);
      append(steps.subList(from, to), chain);
      return new SpoolRunner(head.id(), task.spool(), chain, out);
    }
    var chain = chain(head, rejects, reader);
    append(steps.subList(from + 1, to), chain);
    var input = new TaskInput(head, records(head, in), attempt, nanos);
    return new StreamRunner(head, input, in, chain, out, nanos);
  }

  private RecordChain chain(
      @Nullable TaskStep producer, RejectLog rejects, RecordChain.BatchReader reader) {
    var nanos = services.surroundings().nanos();
    var chain = new RecordChain(producer, rejects, attempt, nanos, reader);
    chains.add(chain);
    return chain;
  }

  private Iterator<DataRecord> records(TaskStep head, @Nullable Channel in) {
    if (in != null) {
      return new ChannelReader(in);
    }
    return head.step().accepts().isEmpty()
        ? Collections.emptyIterator()
        : task.spool().open().iterator();
  }

  private void append(List<TaskStep> steps, RecordChain chain) {
    for (TaskStep step : steps) {
      chain.append(step, pieces == null ? open(step) : pieces.function(step));
    }
  }

  @SuppressWarnings("unchecked")
  static RecordFunction open(TaskStep step) {
    var processor = (RecordProcessor<Record>) step.step().processor();
    try {
      return processor.open(step.step().options(), step.context());
    } catch (Throwable e) {
      throw failure(step.id(), e);
    }
  }

  private RecordChain.BatchReader end(Spool.Writer spool, RejectLog rejects) {
    TaskStep last = steps.getLast();
    return new RecordChain.BatchReader() {
      @Override
      public boolean take(Batch batch) {
        if (stage.wanted()) {
          for (int i = 0; i < batch.size(); i++) {
            keep(batch.get(i));
          }
        }
        return true;
      }

      // A record that has no bytes, because half a character is in it, is the step's reject.
      private void keep(DataRecord record) {
        try {
          spool.write(record);
        } catch (Rejected e) {
          last.tally().reject();
          rejects.reject(last.id(), last.policy(), record, e.reason());
        }
      }

      @Override
      public boolean wanted() {
        return stage.wanted();
      }
    };
  }

  private void runAll() {
    var others = new ArrayList<Thread>();
    for (Runner runner : runners.subList(1, runners.size())) {
      String name = Thread.currentThread().getName() + "/" + runner.id();
      Runnable work = () -> runWatched(runner, () -> attempt.join(runner));
      others.add(Thread.ofVirtual().name(name).start(work));
    }
    runWatched(runners.getFirst(), runners.getFirst());
    // Whoever is to stop was interrupted; who does not answer is waited for by nobody but this.
    others.forEach(Joining::join);
    Throwable first = failure.get();
    if (first instanceof StepFailure step) {
      throw step;
    }
    if (first != null || attempt.stopReason() != null) {
      throw new Cancelled();
    }
  }

  /** The first failure counts, and stops the threads of the other steps. */
  private void runWatched(Runner runner, Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      if (failure.compareAndSet(null, failure(runner.id(), e))) {
        attempt.stop("`" + runner.id() + "` failed: " + Failures.message(e));
      }
    }
  }

  /** What a step threw, as the task throws it on. */
  static RuntimeException failure(String step, Throwable e) {
    return e instanceof Cancelled cancelled ? cancelled : StepFailure.of(step, null, e);
  }

  /** The work of one thread. */
  interface Runner extends Runnable {
    /** The step that is named when it fails. */
    String id();
  }

  /** Puts batches into a channel. */
  private record ChannelWriter(Channel channel) implements RecordChain.BatchReader {
    @Override
    public boolean take(Batch batch) {
      return channel.put(batch);
    }

    @Override
    public boolean wanted() {
      return true;
    }
  }
}
