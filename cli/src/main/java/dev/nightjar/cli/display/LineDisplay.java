package dev.nightjar.cli.display;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Lines as things happen; what happened to the steps within steps only as far as one can read. */
final class LineDisplay implements Display {

  /** Further failures of nested steps are left to {@code -v}: a loop may have millions. */
  private static final int NESTED_FAILURES = 20;

  private final Sink results;
  private final Sink messages;
  private final Verbosity verbosity;
  private final boolean starts;
  private final EventText text;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> failuresShown = new HashSet<>();
  private int nestedFailures;
  private String workflow = "";

  /**
   * Lines on two streams.
   *
   * @param starts whether the start of a step is worth a line
   */
  LineDisplay(Sink results, Sink messages, Verbosity verbosity, boolean starts) {
    this.results = results;
    this.messages = messages;
    this.verbosity = verbosity;
    this.starts = starts;
    this.text = new EventText(verbosity, messages.style());
  }

  @Override
  public void append(Event event) {
    lock.lock();
    try {
      print(messages, lines(event));
      if (event instanceof Event.RunEnded ended) {
        end(ended.result());
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(RunResult result) {
    Failure failure = result.failure();
    // That of a step was told when the step ended.
    if (failure != null && failure.step().isEmpty()) {
      boolean failed = result.outcome() == Outcome.FAILED;
      print(messages, failed ? text.failure(failure) : text.skipped(failure));
    }
    if (verbosity != Verbosity.QUIET) {
      List<String> summary = new SummaryText(results.style()).lines(workflow, result);
      boolean ran = !result.summary().steps().isEmpty();
      print(results, ran ? summary : List.of(summary.getLast()));
    }
  }

  @Override
  public void say(String line) {
    lock.lock();
    try {
      print(messages, List.of(line));
    } finally {
      lock.unlock();
    }
  }

  private List<String> lines(Event event) {
    return switch (event) {
      case Event.RunStarted e -> {
        workflow = e.workflow();
        yield text.lines(event);
      }
      case Event.StepStarted e -> starts && isShown(e.step()) ? text.lines(event) : List.of();
      case Event.StepEnded e when e.failure() != null -> failure(e, e.failure());
      case Event.StepEnded e -> isShown(e.step()) ? text.lines(event) : List.of();
      case Event.StepReused e -> isShown(e.step()) ? text.lines(event) : List.of();
      case Event.CacheAsked e -> isShown(e.step()) ? text.lines(event) : List.of();
      case Event.AttemptFailed e -> isTold(e.step()) ? text.lines(event) : List.of();
      default -> text.lines(event);
    };
  }

  private List<String> failure(Event.StepEnded event, Failure failure) {
    // A step that fails because of one within it passes on the same failure.
    String known = failure.step() + "\n" + failure.message();
    boolean fresh = !failuresShown.contains(known);
    if (fresh && failuresShown.size() <= 2 * NESTED_FAILURES) {
      failuresShown.add(known);
    }
    return fresh && isTold(event.step()) ? text.failure(failure) : List.of();
  }

  private boolean isShown(String step) {
    return verbosity == Verbosity.VERBOSE || isTop(step);
  }

  /** {@code clean}, {@code finally.report}, and not {@code each[3].write}. */
  private static boolean isTop(String step) {
    int name = step.indexOf('.') + 1;
    boolean block =
        step.startsWith("finally.")
            || step.startsWith("on_failure.")
            || step.startsWith("on_success.");
    return step.indexOf('.', block ? name : 0) < 0 && step.indexOf('[') < 0;
  }

  private boolean isTold(String step) {
    if (isShown(step)) {
      return true;
    }
    nestedFailures++;
    if (nestedFailures == NESTED_FAILURES + 1) {
      print(messages, List.of("further failures of nested steps are shown with -v only"));
    }
    return nestedFailures <= NESTED_FAILURES;
  }

  private static void print(Sink sink, List<String> lines) {
    if (!lines.isEmpty()) {
      sink.stream().print(String.join("\n", lines) + "\n");
      sink.stream().flush();
    }
  }
}
