package dev.nightjar.daemon;

import dev.nightjar.runtime.journal.RunResult;

/** What came of a run that this process had. */
public sealed interface Ending {

  /** It ran to its end. */
  record Ended(RunResult result) implements Ending {}

  /**
   * There were too many of its pool. One that had begun before stays unfinished.
   *
   * @param why one sentence
   * @param skip whether that is fine; else it is a failure
   */
  record Refused(String why, boolean skip) implements Ending {}

  /** Somebody wanted it to end while it waited for its turn. */
  record CancelledWaiting() implements Ending {}
}
