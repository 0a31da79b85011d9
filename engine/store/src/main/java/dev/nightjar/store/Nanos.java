package dev.nightjar.store;

import java.time.Instant;

/** Instants as the tables hold them: nanoseconds since 1970, until 2262. */
final class Nanos {

  private static final long SECOND = 1_000_000_000;

  private Nanos() {}

  static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), SECOND), (long) instant.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
