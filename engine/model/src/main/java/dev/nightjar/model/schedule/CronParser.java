package dev.nightjar.model.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads cron expressions. */
final class CronParser {

  private static final Map<String, String> MACROS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final int MAX_LENGTH = 200;

  /** A part of the expression, with its place. */
  private record Piece(String text, int start) {

    private int end() {
      return start + text.length();
    }

    private Piece upTo(int index) {
      return new Piece(text.substring(0, index), start);
    }

    private Piece from(int index) {
      return new Piece(text.substring(index), start + index);
    }

    private Piece withoutLast() {
      return upTo(text.length() - 1);
    }

    /** In capitals, of which there may be more than letters: places are those of the text. */
    private String word() {
      return text.toUpperCase(Locale.ROOT);
    }

    /** {@code ?} says the same in other dialects. */
    private boolean starred() {
      return text.startsWith("*") || text.startsWith("?");
    }
  }

  private CronParser() {}

  /**
   * Reads an expression.
   *
   * @throws BadCronException when it does not follow the grammar, or can never come
   */
  static CronExpression parse(String text) throws BadCronException {
    if (text.length() > MAX_LENGTH) {
      throw new BadCronException(
          0, text.length(), "a cron expression has at most 200 characters", "");
    }
    if (!text.startsWith("@")) {
      return parse(text, text);
    }
    String meaning = MACROS.get(text);
    if (meaning == null) {
      String all = String.join(", ", new TreeMap<>(MACROS).keySet());
      throw new BadCronException(
          0, text.length(), "there is no `" + text + "`", "there are: " + all);
    }
    return parse(meaning, text);
  }

  private static CronExpression parse(String meaning, String text) throws BadCronException {
    List<Piece> fields = new ArrayList<>(fields(meaning));
    if (fields.size() != 5 && fields.size() != 6) {
      throw new BadCronException(
          0,
          text.length(),
          "a cron expression has five fields, or six with seconds first, and this has "
              + fields.size(),
          "minute, hour, day of the month, month, day of the week: `30 2 * * *`");
    }
    if (fields.size() == 5) {
      fields.addFirst(new Piece("0", 0));
    }
    long seconds = values(fields.get(0), CronField.SECOND);
    Piece minute = fields.get(1);
    Piece hour = fields.get(2);
    long minutes = values(minute, CronField.MINUTE);
    var times = new CronTimes(values(hour, CronField.HOUR), minutes, seconds);
    CronDays days = days(fields.get(3), fields.get(4), fields.get(5));
    return new CronExpression(text, days, times, minute.starred() || hour.starred());
  }

  private static List<Piece> fields(String text) {
    return split(new Piece(text.replace('\t', ' '), 0), ' ').stream()
        .filter(field -> !field.text().isEmpty())
        .toList();
  }

  /** Vixie's rule: either day is enough, unless one field begins with a star. */
  private static CronDays days(Piece day, Piece month, Piece weekday) throws BadCronException {
    MonthDays ofMonth = ofMonth(day);
    int months = (int) values(month, CronField.MONTH);
    MonthDays ofWeek = ofWeek(weekday);
    boolean both = day.starred() || weekday.starred();
    var days = new CronDays(months, both ? ofMonth.and(ofWeek) : ofMonth.or(ofWeek));
    if (days.everCome()) {
      return days;
    }
    String never = "this time never comes: no such month has a day " + day.text();
    if (new CronDays(months, ofMonth).everCome()) {
      throw new BadCronException(
          day.start(), weekday.end(), never + " that is a " + weekday.text(), "");
    }
    throw new BadCronException(day.start(), day.end(), never, "`L` is the last day of each month");
  }

  private static MonthDays ofMonth(Piece field) throws BadCronException {
    int plain = 0;
    int beforeLast = 0;
    int nearest = 0;
    boolean lastWorkday = false;
    for (Piece item : split(field, ',')) {
      String word = item.word();
      if (word.equals("LW")) {
        lastWorkday = true;
      } else if (word.startsWith("L")) {
        beforeLast |= 1 << beforeLast(item, word);
      } else if (word.endsWith("W")) {
        nearest |= 1 << value(item.withoutLast(), CronField.DAY);
      } else {
        plain |= (int) range(item, CronField.DAY);
      }
    }
    return new MonthDays.OfMonth(plain, beforeLast, nearest, lastWorkday);
  }

  private static int beforeLast(Piece item, String word) throws BadCronException {
    if (!word.matches("L|L-([1-9]|[12][0-9]|30)")) {
      throw wrong(item, "`L`, `LW` or `L-3`: the last day of the month, or some days before it");
    }
    return word.equals("L") ? 0 : Integer.parseInt(word.substring(2));
  }

  private static MonthDays ofWeek(Piece field) throws BadCronException {
    int plain = 0;
    int last = 0;
    long numbered = 0;
    for (Piece item : split(field, ',')) {
      String word = item.word();
      int hash = item.text().indexOf('#');
      if (word.equals("L")) {
        throw wrong(item, "the last one of which day of the week? `FRIL` is the last Friday");
      } else if (word.endsWith("L")) {
        last |= 1 << weekday(item.withoutLast());
      } else if (hash >= 0) {
        int weekday = weekday(item.upTo(hash));
        numbered |= 1L << (5 * weekday + number(item, item.text().substring(hash + 1)) - 1);
      } else {
        long values = range(item, CronField.WEEKDAY);
        plain |= (int) (values | values >>> 7) & 0x7f;
      }
    }
    return new MonthDays.OfWeek(plain, last, numbered);
  }

  private static int weekday(Piece piece) throws BadCronException {
    return value(piece, CronField.WEEKDAY) % 7;
  }

  private static int number(Piece item, String digits) throws BadCronException {
    if (!digits.matches("[1-5]")) {
      throw wrong(item, "behind `#` stands which one of the month: 1 to 5");
    }
    return Integer.parseInt(digits);
  }

  /** The values of a field as bits. */
  private static long values(Piece piece, CronField field) throws BadCronException {
    long values = 0;
    for (Piece item : split(piece, ',')) {
      values |= range(item, field);
    }
    return values;
  }

  /** A value, a range or all values, with or without a step, as bits. */
  private static long range(Piece item, CronField field) throws BadCronException {
    int slash = item.text().indexOf('/');
    Piece range = slash < 0 ? item : item.upTo(slash);
    int step = slash < 0 ? 1 : step(item.from(slash + 1), field);
    int from = field.min();
    int to = field.max();
    if (!isAny(range, field)) {
      int dash = range.text().indexOf('-');
      from = value(dash < 0 ? range : range.upTo(dash), field);
      if (dash >= 0) {
        to = value(range.from(dash + 1), field);
      } else if (slash < 0) {
        to = from;
      }
      boolean untilSunday = field == CronField.WEEKDAY && to == 0 && from > 0;
      to = untilSunday ? 7 : to;
    }
    if (from > to) {
      throw wrong(range, "a range goes from the smaller to the larger; for both ends write a list");
    }
    long values = 0;
    for (int value = from; value <= to; value += step) {
      values |= 1L << value;
    }
    return values;
  }

  private static boolean isAny(Piece piece, CronField field) {
    boolean day = field == CronField.DAY || field == CronField.WEEKDAY;
    return piece.text().equals("*") || (day && piece.text().equals("?"));
  }

  private static int step(Piece piece, CronField field) throws BadCronException {
    int span = field.max() - field.min() + 1;
    int step = number(piece);
    if (step < 1 || step > span) {
      throw wrong(piece, "behind `/` stands a step from 1 to " + span);
    }
    return step;
  }

  private static int value(Piece piece, CronField field) throws BadCronException {
    int name = field.names().indexOf(piece.word());
    int value = name >= 0 ? name + field.min() : number(piece);
    if (value < field.min() || value > field.max()) {
      throw wrong(piece, field.range());
    }
    return value;
  }

  /** -1 when it is none of at most three digits. */
  private static int number(Piece piece) {
    return piece.text().matches("[0-9]{1,3}") ? Integer.parseInt(piece.text()) : -1;
  }

  private static BadCronException wrong(Piece piece, String hint) {
    String message =
        piece.text().isEmpty()
            ? "a value is missing here"
            : "`" + piece.text() + "` cannot stand here";
    return new BadCronException(piece.start(), piece.end(), message, hint);
  }

  private static List<Piece> split(Piece piece, char separator) {
    var pieces = new ArrayList<Piece>();
    int start = 0;
    for (int i = 0; i <= piece.text().length(); i++) {
      if (i == piece.text().length() || piece.text().charAt(i) == separator) {
        pieces.add(piece.upTo(i).from(start));
        start = i + 1;
      }
    }
    return pieces;
  }
}
