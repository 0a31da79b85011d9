package dev.nightjar.runtime;

import dev.nightjar.stage.Surroundings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Names of runs: {@code 20261120-021500-3f9a1c}. They sort by time, to a quarter of a millisecond,
 * and those of one process are never alike, however many begin at once. Those of other processes
 * are told apart by chance.
 */
public final class RunIds {

  /** Of a second, and of what chance draws: three hexadecimal digits each. */
  private static final int DIGITS = 12;

  private static final long PARTS = 1L << DIGITS;
  private static final long SECOND = 1L << (2 * DIGITS);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.of("UTC"));

  private final Surroundings surroundings;

  /** Seconds since 1970, and their 24 bits. */
  private long last;

  public RunIds(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** An id for a run that begins now; it sorts behind those given before. */
  public synchronized String next() {
    Instant now = surroundings.clock().instant();
    long part = now.getNano() * PARTS / 1_000_000_000L;
    long chance = surroundings.random().nextInt((int) PARTS);
    last = Math.max(last + 1, now.getEpochSecond() * SECOND + part * PARTS + chance);
    Instant second = Instant.ofEpochSecond(last / SECOND);
    return TIME.format(second) + "-" + "%06x".formatted(last % SECOND);
  }
}
