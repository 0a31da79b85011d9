package dev.nightjar.bench;

/**
 * One that takes part in a comparison.
 *
 * @param needed whether the comparison means nothing without it
 * @param factor how many times smaller its work is than that of the others; its times are
 *     multiplied by it
 */
record Candidate(Command command, boolean needed, double factor) {

  String name() {
    return command.name();
  }
}
