package dev.nightjar.runtime;

import java.time.Duration;

/** How messages write quantities. */
final class Words {

  private Words() {}

  /** {@code 250 ms}, {@code 4 s}, {@code 2 min 30 s}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis % 1_000 == 0 ? millis / 1_000 + " s" : Math.round(millis / 100.0) / 10.0 + " s";
    }
    long minutes = duration.toMinutes();
    int seconds = duration.toSecondsPart();
    return seconds == 0 ? minutes + " min" : minutes + " min " + seconds + " s";
  }
}
