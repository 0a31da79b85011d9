package dev.nightjar.cli;

import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;

/** What a process tells its caller. */
final class ExitCode {

  static final int SUCCEEDED = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int WRONG_WORKFLOW = 3;
  static final int PLUGIN = 4;
  static final int DISK = 5;
  static final int TIMED_OUT = 7;
  static final int BUG = 70;

  private ExitCode() {}

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
      case "internal" -> BUG;
      default -> FAILED;
    };
  }
}
