package dev.nightjar.daemon;

import java.time.Instant;

/**
 * Something that a daemon tells whoever reads its log.
 *
 * @param text one line
 */
public record Notice(Instant at, Level level, String text) {

  /** Whether somebody has to act. */
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }
}
