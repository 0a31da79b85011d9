package dev.nightjar.model.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression that was read: which times on the wall it means, whatever the time zone. Two of
 * the same text are equal.
 */
public final class CronExpression {

  private final String text;
  private final CronDays days;
  private final CronTimes times;
  private final boolean wildcard;

  CronExpression(String text, CronDays days, CronTimes times, boolean wildcard) {
    this.text = text;
    this.days = days;
    this.times = times;
    this.wildcard = wildcard;
  }

  /**
   * Reads an expression: five fields, or six with seconds first, or a macro such as {@code @daily}.
   *
   * @throws BadCronException when it does not follow the grammar, or can never come
   */
  public static CronExpression parse(String text) throws BadCronException {
    return CronParser.parse(text);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Whether its minute or hour starts with {@code *}: it then follows the clock on the wall. */
  public boolean isWildcard() {
    return wildcard;
  }

  /** Whether it means a whole second. */
  boolean means(LocalDateTime wall) {
    return wall.equals(onOrAfter(wall));
  }

  /** The first time it means from a whole second on; null when it is beyond the year 9999. */
  @Nullable LocalDateTime onOrAfter(LocalDateTime from) {
    LocalDate day = from.toLocalDate();
    int second = days.include(day) ? times.onOrAfter(from.toLocalTime().toSecondOfDay()) : -1;
    if (second >= 0) {
      return at(day, second);
    }
    LocalDate later = days.onOrAfter(day.plusDays(1));
    return later == null ? null : at(later, times.first());
  }

  /** The last time it means up to a whole second; null when it is before the year 1. */
  @Nullable LocalDateTime onOrBefore(LocalDateTime to) {
    LocalDate day = to.toLocalDate();
    int second = days.include(day) ? times.onOrBefore(to.toLocalTime().toSecondOfDay()) : -1;
    if (second >= 0) {
      return at(day, second);
    }
    LocalDate earlier = days.onOrBefore(day.minusDays(1));
    return earlier == null ? null : at(earlier, times.last());
  }

  private static LocalDateTime at(LocalDate day, int second) {
    return day.atTime(LocalTime.ofSecondOfDay(second));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
