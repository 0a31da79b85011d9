package dev.nightjar.model.schedule;

/** The times of day of an expression: hours, minutes and seconds as bits, none of them empty. */
record CronTimes(long hours, long minutes, long seconds) {

  private static final int HOUR = 3600;
  private static final int MINUTE = 60;

  /** The second of the day of the first one. */
  int first() {
    return lowest(hours) * HOUR + firstOfHour();
  }

  /** The second of the day of the last one. */
  int last() {
    return highest(hours) * HOUR + lastOfHour();
  }

  /** The first one from this second of the day on; -1 when there is none. */
  int onOrAfter(int from) {
    int hour = from / HOUR;
    if (has(hours, hour)) {
      int minute = from / MINUTE % 60;
      long second = from(seconds, from % MINUTE);
      if (has(minutes, minute) && second != 0) {
        return hour * HOUR + minute * MINUTE + lowest(second);
      }
      long later = from(minutes, minute + 1);
      if (later != 0) {
        return hour * HOUR + lowest(later) * MINUTE + lowest(seconds);
      }
    }
    long later = from(hours, hour + 1);
    return later == 0 ? -1 : lowest(later) * HOUR + firstOfHour();
  }

  /** The last one up to this second of the day; -1 when there is none. */
  int onOrBefore(int to) {
    int hour = to / HOUR;
    if (has(hours, hour)) {
      int minute = to / MINUTE % 60;
      long second = upTo(seconds, to % MINUTE);
      if (has(minutes, minute) && second != 0) {
        return hour * HOUR + minute * MINUTE + highest(second);
      }
      long earlier = upTo(minutes, minute - 1);
      if (earlier != 0) {
        return hour * HOUR + highest(earlier) * MINUTE + highest(seconds);
      }
    }
    long earlier = upTo(hours, hour - 1);
    return earlier == 0 ? -1 : highest(earlier) * HOUR + lastOfHour();
  }

  private int firstOfHour() {
    return lowest(minutes) * MINUTE + lowest(seconds);
  }

  private int lastOfHour() {
    return highest(minutes) * MINUTE + highest(seconds);
  }

  private static boolean has(long bits, int value) {
    return (bits >>> value & 1) != 0;
  }

  private static long from(long bits, int value) {
    return bits & (-1L << value);
  }

  private static long upTo(long bits, int value) {
    return bits & ((1L << (value + 1)) - 1);
  }

  private static int lowest(long bits) {
    return Long.numberOfTrailingZeros(bits);
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }
}
