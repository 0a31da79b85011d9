package dev.nightjar.bench.crash;

import dev.nightjar.runtime.journal.Event;
import org.jspecify.annotations.Nullable;

/** What a run was at when it was killed, told by its last event. */
enum Phase {
  START("starting, nothing decided"),
  RECOVERY("taking over"),
  TASKS("tasks of a stage"),
  STEPS("between steps, commit"),
  NESTED("nested steps"),
  END("after the end");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Phase behind(@Nullable Event last) {
    return switch (last) {
      case null -> START;
      case Event.RunStarted e -> START;
      case Event.RunResumed e -> RECOVERY;
      case Event.StageStarted e -> TASKS;
      case Event.SplitsListed e -> TASKS;
      case Event.TaskCommitted e -> e.stage().contains("[") ? NESTED : TASKS;
      case Event.StageCommitted e -> e.stage().contains("[") ? NESTED : STEPS;
      case Event.StepStarted e -> e.step().contains("[") ? NESTED : STEPS;
      case Event.StepEnded e -> e.step().contains("[") ? NESTED : STEPS;
      case Event.AttemptFailed e -> NESTED;
      case Event.BodyEnded e -> NESTED;
      case Event.ItemsEnded e -> NESTED;
      case Event.RunEnded e -> END;
      default -> STEPS;
    };
  }
}
