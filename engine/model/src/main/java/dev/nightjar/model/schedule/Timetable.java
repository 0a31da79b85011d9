package dev.nightjar.model.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something fires by time: a pure function, so that all who ask agree. Covers the years 1 to
 * 9999.
 */
public sealed interface Timetable permits CronTimetable, EveryTimetable {

  /** The first time after this one; null when there is none. */
  @Nullable Occurrence next(Instant after);

  /** The last time up to this one; null when there is none. */
  @Nullable Occurrence latest(Instant atOrBefore);
}
