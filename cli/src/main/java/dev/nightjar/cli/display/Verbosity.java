package dev.nightjar.cli.display;

/** How much a run tells. */
public enum Verbosity {
  /** Failures alone. */
  QUIET,
  NORMAL,
  /** Stages, tasks and measurements too. */
  VERBOSE
}
