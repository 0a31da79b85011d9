package dev.nightjar.plugin.flow;

import org.slf4j.Logger;

/** Counts failures that are let pass, and logs the first of them. */
final class FailureLog {

  /** Enough to see what goes wrong; a million failures must not make a log of a million lines. */
  private static final int LINES = 10;

  private final Logger log;
  private long count;

  FailureLog(Logger log) {
    this.log = log;
  }

  void add(String message) {
    count++;
    if (count <= LINES) {
      log.warn("{}; skipped", message);
    }
    if (count == LINES) {
      log.warn("further failures are counted, not logged");
    }
  }

  long count() {
    return count;
  }
}
