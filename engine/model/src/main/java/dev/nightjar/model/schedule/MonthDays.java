package dev.nightjar.model.schedule;

/** Which days of a month are meant; all that matters of a month is how its days lie. */
@FunctionalInterface
interface MonthDays {

  /**
   * The days as bits; bit 1 is the first.
   *
   * @param length how many days the month has
   * @param firstWeekday the day of the week of its first, from Sunday, 0
   */
  int of(int length, int firstWeekday);

  default MonthDays and(MonthDays other) {
    return (length, first) -> of(length, first) & other.of(length, first);
  }

  default MonthDays or(MonthDays other) {
    return (length, first) -> of(length, first) | other.of(length, first);
  }

  /** All days of a month. */
  static int all(int length) {
    return (2 << length) - 2;
  }

  /**
   * What the third field of an expression says.
   *
   * @param plain the days as bits; bit 1 is the first
   * @param beforeLast bit 0 for {@code L}, bit 3 for {@code L-3}
   * @param nearest bit 15 for {@code 15W}
   * @param lastWorkday {@code LW}
   */
  record OfMonth(int plain, int beforeLast, int nearest, boolean lastWorkday) implements MonthDays {

    @Override
    public int of(int length, int firstWeekday) {
      int days = plain;
      for (int rest = beforeLast; rest != 0; rest &= rest - 1) {
        int day = length - Integer.numberOfTrailingZeros(rest);
        days |= day < 1 ? 0 : 1 << day;
      }
      for (int rest = nearest & all(length); rest != 0; rest &= rest - 1) {
        days |= 1 << workday(Integer.numberOfTrailingZeros(rest), length, firstWeekday);
      }
      if (lastWorkday) {
        days |= 1 << workday(length, length, firstWeekday);
      }
      return days & all(length);
    }

    /** The nearest day from Monday to Friday in the same month. */
    private static int workday(int day, int length, int firstWeekday) {
      return switch ((firstWeekday + day - 1) % 7) {
        case 6 -> day > 1 ? day - 1 : day + 2;
        case 0 -> day < length ? day + 1 : day - 2;
        default -> day;
      };
    }
  }

  /**
   * What the last field of an expression says.
   *
   * @param plain the days of the week as bits; bit 0 is Sunday
   * @param last likewise, for those like {@code FRIL}
   * @param numbered for those like {@code MON#2}: five bits a day of the week, the first one for
   *     the first of the month
   */
  record OfWeek(int plain, int last, long numbered) implements MonthDays {

    @Override
    public int of(int length, int firstWeekday) {
      int days = 0;
      for (int day = 1; day <= length; day++) {
        int weekday = (firstWeekday + day - 1) % 7;
        long numbers = numbered >>> (5 * weekday);
        boolean meant =
            (plain >>> weekday & 1) != 0
                || (numbers >>> ((day - 1) / 7) & 1) != 0
                || (day + 7 > length && (last >>> weekday & 1) != 0);
        days |= meant ? 1 << day : 0;
      }
      return days;
    }
  }
}
