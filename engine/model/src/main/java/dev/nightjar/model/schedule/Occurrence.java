package dev.nightjar.model.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/**
 * One time of a timetable.
 *
 * @param time when it comes, as the clock then shows it
 * @param written the time that was meant: its day is the day the firing is for
 */
public record Occurrence(ZonedDateTime time, LocalDateTime written, Shift shift) {

  /** What a change of the clock does to it. */
  public enum Shift {
    NONE,
    /** The clock skips it, so it comes when the clock has been changed. */
    AFTER_GAP,
    FIRST_OF_TWO,
    SECOND_OF_TWO
  }

  public Instant instant() {
    return time.toInstant();
  }

  /** What a change of the clock does to it, for people; empty when nothing. */
  public String explanation() {
    return switch (shift) {
      case NONE -> "";
      case AFTER_GAP ->
          written.toLocalDate().equals(time.toLocalDate())
              ? "moved: " + written.toLocalTime() + " does not exist on this day"
              : "moved: " + written + " does not exist";
      case FIRST_OF_TWO -> "the first " + written.toLocalTime() + " of two on this day";
      case SECOND_OF_TWO -> "the second " + written.toLocalTime() + " of two on this day";
    };
  }
}
