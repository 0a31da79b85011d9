package dev.nightjar.model.schedule;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The days of an expression. Looks at months, one at a time, never at single days.
 *
 * @param months as bits; bit 1 is January
 */
record CronDays(int months, MonthDays days) {

  /** Nobody plans further, and time's own types soon end. */
  static final int LAST_YEAR = 9999;

  /**
   * Whether there is such a day in any year. Exact: within 400 years each month begins on each day
   * of the week, February with 28 and with 29 days.
   */
  boolean everCome() {
    for (int month = 1; month <= 12; month++) {
      int length = YearMonth.of(2000, month).lengthOfMonth();
      for (int weekday = 0; weekday < 7; weekday++) {
        boolean found =
            days.of(length, weekday) != 0 || (month == 2 && days.of(length - 1, weekday) != 0);
        if (found && has(month)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean include(LocalDate day) {
    return (in(day.getYear(), day.getMonthValue()) >>> day.getDayOfMonth() & 1) != 0;
  }

  /** The first such day from this one on; null when it is beyond the last year. */
  @Nullable LocalDate onOrAfter(LocalDate from) {
    int year = from.getYear();
    int month = from.getMonthValue();
    int allowed = -1 << from.getDayOfMonth();
    while (year <= LAST_YEAR) {
      int found = in(year, month) & allowed;
      if (found != 0) {
        return LocalDate.of(year, month, Integer.numberOfTrailingZeros(found));
      }
      allowed = -1;
      int later = months & (-1 << (month + 1));
      year += later == 0 ? 1 : 0;
      month = Integer.numberOfTrailingZeros(later == 0 ? months : later);
    }
    return null;
  }

  /** The last such day up to this one; null when it is before the year 1. */
  @Nullable LocalDate onOrBefore(LocalDate to) {
    int year = to.getYear();
    int month = to.getMonthValue();
    int allowed = (2 << to.getDayOfMonth()) - 1;
    while (year >= 1) {
      int found = in(year, month) & allowed;
      if (found != 0) {
        return LocalDate.of(year, month, highest(found));
      }
      allowed = -1;
      int earlier = months & ((1 << month) - 1);
      year -= earlier == 0 ? 1 : 0;
      month = highest(earlier == 0 ? months : earlier);
    }
    return null;
  }

  private int in(int year, int month) {
    if (!has(month)) {
      return 0;
    }
    LocalDate first = LocalDate.of(year, month, 1);
    return days.of(first.lengthOfMonth(), first.getDayOfWeek().getValue() % 7);
  }

  private boolean has(int month) {
    return (months >>> month & 1) != 0;
  }

  private static int highest(int bits) {
    return 31 - Integer.numberOfLeadingZeros(bits);
  }
}
