package dev.nightjar.model.schedule;

import java.time.Instant;

/** The time that timetables cover: the years 1 to 9999, whatever the offset. */
final class Covered {

  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private Covered() {}

  /** The moment, or the end that it is beyond. */
  static Instant nearest(Instant moment) {
    return moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment;
  }
}
