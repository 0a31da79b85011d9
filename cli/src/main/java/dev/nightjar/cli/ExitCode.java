package dev.nightjar.cli;

import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;

/** What a process tells its caller; 128 and the signal's number where one ended it. */
final class ExitCode {

  /** Also when a run was not wanted because another one goes on. */
  static final int SUCCEEDED = 0;

  static final int FAILED = 1;

  /** What was typed, an input, a run that is not there or is not one for this command. */
  static final int WRONG_USAGE = 2;

  static final int WRONG_WORKFLOW = 3;

  /** One is missing, broken, or no longer what it was when the run began. */
  static final int PLUGIN = 4;

  /** The store or the disk refuses; nothing is claimed that is not on it. */
  static final int DISK = 5;

  /** Another process has the run. */
  static final int HELD = 6;

  static final int TIMED_OUT = 7;

  /** A limit on runs at once says no, or a person has to say first what became of a step. */
  static final int REFUSED = 8;

  static final int BUG = 70;

  private ExitCode() {}

  /** Of a process whose run can no longer be remembered. */
  static int of(JournalException.Cause cause) {
    return switch (cause) {
      case STORE -> DISK;
      case LOST -> HELD;
      case SUSPENDED -> FAILED;
    };
  }

  /**
   * Of a run that has ended.
   *
   * @param signal the number of the signal that cancelled it; 0 for none
   */
  static int of(RunResult result, int signal) {
    if (signal > 0) {
      return 128 + signal;
    }
    Failure failure = result.failure();
    if (failure == null) {
      return result.outcome() == Outcome.SUCCEEDED ? SUCCEEDED : FAILED;
    }
    return switch (failure.code()) {
      case "timeout" -> TIMED_OUT;
      case "disk" -> DISK;
      case "plugin" -> PLUGIN;
      case "overlap" -> REFUSED;
      case "internal" -> BUG;
      default -> FAILED;
    };
  }
}
