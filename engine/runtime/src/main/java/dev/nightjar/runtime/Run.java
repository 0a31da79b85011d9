package dev.nightjar.runtime;

import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.StepProgress;
import java.util.List;

/** A run that was started. */
public interface Run {

  String id();

  /**
   * Waits for its end.
   *
   * @throws JournalException when it stopped without one: it was suspended, or cannot be remembered
   */
  RunResult await() throws InterruptedException;

  /**
   * Interrupts what is running, lets {@code finally} run and ends the run as cancelled. Answers at
   * once, from any thread; again is the same as once.
   *
   * @param reason for the journal: {@code interrupted}
   */
  void cancel(String reason);

  /**
   * Begins no further step; when those that are running have ended, the run stops without an end,
   * to be resumed, and {@link #await} throws a {@link JournalException} that says so. Answers at
   * once, from any thread. Steps within a step are not held back.
   */
  void suspend();

  /** As {@link #suspend}, and interrupts what is running; nothing of that is remembered. */
  void suspendNow();

  /** The steps that are running now, in the order they began. */
  List<StepProgress> progress();
}
