package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepProgress;
import java.util.List;

/** A run that was started. */
public interface Run {

  String id();

  /** Waits for its end. */
  RunResult await() throws InterruptedException;

  /**
   * Interrupts what is running, lets {@code finally} run and ends the run as cancelled. Answers at
   * once, from any thread; again is the same as once.
   *
   * @param reason for the journal: {@code interrupted}
   */
  void cancel(String reason);

  /** The steps that are running now, in the order they began. */
  List<StepProgress> progress();
}
