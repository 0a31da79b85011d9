package dev.nightjar.plugin.flow;

import dev.nightjar.spi.Doc;

/** What one failure among many means for the whole. */
enum OnError {
  @Doc("The first failure cancels what still runs and fails the step.")
  FAIL,
  @Doc("It is counted and logged, and the others go on.")
  SKIP
}
