package dev.nightjar.model.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * An expression drawn by chance, and what it means in the plainest words: read by nobody, so that
 * it can tell whether the parser reads it right.
 *
 * @param day whether a date is meant
 * @param time whether a time of day is meant
 * @param wildcard whether it follows the clock on the wall
 */
record RandomCron(
    String text, Predicate<LocalDate> day, Predicate<LocalTime> time, boolean wildcard) {

  private static final List<String> NAMES =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private record Field<T>(String text, Predicate<T> means) {

    boolean starred() {
      return text.startsWith("*") || text.startsWith("?");
    }
  }

  /**
   * Draws one.
   *
   * @param near a time of day that it often means
   * @param seconds whether it has six fields
   */
  static RandomCron draw(Random random, LocalTime near, boolean seconds) {
    Field<Integer> second = seconds ? field(random, 0, 59, near.getSecond()) : zero();
    Field<Integer> minute = field(random, 0, 59, near.getMinute());
    Field<Integer> hour = field(random, 0, 23, near.getHour());
    RandomCron days = days(random.nextBoolean() ? any() : field(random, 1, 12, 2), random);
    return new RandomCron(
        (seconds ? second.text + " " : "") + minute.text + " " + hour.text + " " + days.text,
        days.day,
        time ->
            hour.means.test(time.getHour())
                && minute.means.test(time.getMinute())
                && second.means.test(time.getSecond()),
        minute.starred() || hour.starred());
  }

  /** One that comes at midnight of days of a month; its text is that of the three last fields. */
  static RandomCron daysOf(int month, Random random) {
    return days(numbers(String.valueOf(month), month, month, value -> true), random);
  }

  private static RandomCron days(Field<Integer> month, Random random) {
    Field<LocalDate> ofMonth = dayOfMonth(random);
    Field<LocalDate> ofWeek = dayOfWeek(random);
    Predicate<LocalDate> day =
        ofMonth.starred() || ofWeek.starred()
            ? ofMonth.means.and(ofWeek.means)
            : ofMonth.means.or(ofWeek.means);
    return new RandomCron(
        ofMonth.text + " " + month.text + " " + ofWeek.text,
        day.and(date -> month.means.test(date.getMonthValue())),
        LocalTime.MIDNIGHT::equals,
        false);
  }

  boolean means(LocalDateTime wall) {
    return time.test(wall.toLocalTime()) && day.test(wall.toLocalDate());
  }

  private static Field<Integer> zero() {
    return new Field<>("0", value -> value == 0);
  }

  private static <T> Field<T> any() {
    return new Field<>("*", value -> true);
  }

  private static Field<Integer> field(Random random, int min, int max, int near) {
    Field<Integer> field = item(random, min, max, near);
    return random.nextInt(4) == 0 ? either(field, item(random, min, max, near)) : field;
  }

  private static <T> Field<T> either(Field<T> one, Field<T> other) {
    return new Field<>(one.text + "," + other.text, one.means.or(other.means));
  }

  private static Field<Integer> item(Random random, int min, int max, int near) {
    int low = random.nextBoolean() ? near : random.nextInt(min, max + 1);
    int high = random.nextInt(low, max + 1);
    int step = random.nextInt(1, max - min + 2);
    return switch (random.nextInt(8)) {
      case 0 -> any();
      case 1 -> numbers("*/" + step, min, max, value -> (value - min) % step == 0);
      case 2 -> numbers(low + "-" + high, low, high, value -> true);
      case 3 -> numbers(low + "-" + high + "/" + step, low, high, v -> (v - low) % step == 0);
      case 4 -> numbers(low + "/" + step, low, max, value -> (value - low) % step == 0);
      default -> numbers(String.valueOf(low), low, low, value -> true);
    };
  }

  private static Field<Integer> numbers(String text, int min, int max, IntPredicate means) {
    return new Field<>(text, value -> value >= min && value <= max && means.test(value));
  }

  private static Field<LocalDate> dayOfMonth(Random random) {
    int number = random.nextInt(1, 32);
    return switch (random.nextInt(12)) {
      case 0 -> new Field<>("L", date -> last(date).equals(date));
      case 1 -> new Field<>("LW", date -> nearest(date, last(date).getDayOfMonth()).equals(date));
      case 2 -> {
        int before = random.nextInt(1, 31);
        yield new Field<>("L-" + before, date -> last(date).minusDays(before).equals(date));
      }
      case 3 ->
          new Field<>(
              number + "W",
              date -> number <= date.lengthOfMonth() && nearest(date, number).equals(date));
      case 4 ->
          either(
              new Field<>("L", date -> last(date).equals(date)),
              new Field<>(number + "", date -> date.getDayOfMonth() == number));
      case 5, 6, 7 -> {
        Field<Integer> field = field(random, 1, 31, number);
        yield new Field<>(field.text, date -> field.means.test(date.getDayOfMonth()));
      }
      case 8 -> new Field<>("?", date -> true);
      default -> any();
    };
  }

  private static Field<LocalDate> dayOfWeek(Random random) {
    int number = random.nextInt(0, 8);
    String name = random.nextBoolean() ? NAMES.get(number) : String.valueOf(number);
    Predicate<LocalDate> that = date -> sundayIs0(date) == number % 7;
    return switch (random.nextInt(12)) {
      case 0 ->
          new Field<>(
              name + "L",
              that.and(date ->
                  !last(date).minusDays(7).isAfter(date) && !last(date).minusDays(7).equals(date)));
      case 1, 2 -> {
        int which = random.nextInt(1, 6);
        yield new Field<>(name + "#" + which, that.and(date -> which == countUpTo(date, that)));
      }
      case 3 -> new Field<>(name, that);
      case 4 -> new Field<>("mon-FRI", date -> sundayIs0(date) >= 1 && sundayIs0(date) <= 5);
      case 5 -> new Field<>("FRI-SUN", date -> sundayIs0(date) >= 5 || sundayIs0(date) == 0);
      case 6 -> new Field<>("*/2", date -> sundayIs0(date) % 2 == 0);
      default -> any();
    };
  }

  private static int sundayIs0(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : date.getDayOfWeek().getValue();
  }

  private static LocalDate last(LocalDate date) {
    return date.withDayOfMonth(date.lengthOfMonth());
  }

  private static long countUpTo(LocalDate date, Predicate<LocalDate> that) {
    return IntStream.rangeClosed(1, date.getDayOfMonth())
        .mapToObj(date::withDayOfMonth)
        .filter(that)
        .count();
  }

  /** Of all days from Monday to Friday in the month, the one nearest to that day. */
  private static LocalDate nearest(LocalDate date, int day) {
    return IntStream.rangeClosed(1, date.lengthOfMonth())
        .mapToObj(date::withDayOfMonth)
        .filter(one -> one.getDayOfWeek().getValue() <= 5)
        .min(Comparator.comparingInt(one -> Math.abs(one.getDayOfMonth() - day)))
        .orElseThrow();
  }
}
