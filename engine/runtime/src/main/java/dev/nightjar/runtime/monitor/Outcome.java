package dev.nightjar.runtime.monitor;

import java.util.Locale;

/** How a run or a step ended. */
public enum Outcome {
  SUCCEEDED,
  FAILED,
  CANCELLED,
  SKIPPED;

  /** As expressions and JSON see it: {@code succeeded}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
