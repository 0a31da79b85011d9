package dev.nightjar.model.schedule;

import java.util.List;

/** What a field of a cron expression may hold. */
enum CronField {
  SECOND("second", 0, 59),
  MINUTE("minute", 0, 59),
  HOUR("hour", 0, 23),
  DAY("day of the month", 1, 31),
  MONTH("month", 1, 12),
  /** Sunday is 0, and 7 too. */
  WEEKDAY("day of the week", 0, 7);

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final String label;
  private final int min;
  private final int max;

  CronField(String label, int min, int max) {
    this.label = label;
    this.min = min;
    this.max = max;
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }

  /** What may stand for the numbers from {@link #min} on, in capitals. */
  List<String> names() {
    return this == MONTH ? MONTHS : this == WEEKDAY ? DAYS : List.of();
  }

  /** For a hint. */
  String range() {
    String named =
        names().isEmpty() ? "" : ", or " + names().getFirst() + " to " + names().getLast();
    return "the " + label + " is from " + min + " to " + max + named;
  }
}
