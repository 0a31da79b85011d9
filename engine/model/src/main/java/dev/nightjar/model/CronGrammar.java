package dev.nightjar.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The grammar of cron expressions: five fields, or six with seconds first, or a macro. Also finds
 * days that no calendar has. When a time comes is not known here.
 */
final class CronGrammar {

  private static final Set<String> MACROS =
      Set.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /** Days of the months in a leap year: 29 February comes, if seldom. */
  private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private static final int MAX_LENGTH = 200;

  private final String text;

  private CronGrammar(String text) {
    this.text = text;
  }

  /** Something is wrong, from {@code start} to before {@code end} of the expression. */
  static final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int start;
    private final int end;
    private final String hint;

    Wrong(int start, int end, String message, String hint) {
      super(message, null, false, false);
      this.start = start;
      this.end = end;
      this.hint = hint;
    }

    int start() {
      return start;
    }

    int end() {
      return end;
    }

    String hint() {
      return hint;
    }
  }

  /** What a field may hold. */
  private enum Field {
    SECOND("second", 0, 59),
    MINUTE("minute", 0, 59),
    HOUR("hour", 0, 23),
    DAY("day of the month", 1, 31),
    MONTH("month", 1, 12),
    WEEKDAY("day of the week", 0, 7);

    private final String label;
    private final int min;
    private final int max;

    Field(String label, int min, int max) {
      this.label = label;
      this.min = min;
      this.max = max;
    }

    private List<String> names() {
      return this == MONTH ? MONTHS : this == WEEKDAY ? DAYS : List.of();
    }

    private String range() {
      String named =
          names().isEmpty() ? "" : ", or " + names().getFirst() + " to " + names().getLast();
      return "the " + label + " is from " + min + " to " + max + named;
    }
  }

  /** A part of the expression, with its place. */
  private record Piece(String text, int start) {

    private int end() {
      return start + text.length();
    }
  }

  /**
   * Checks an expression.
   *
   * @throws Wrong when it does not follow the grammar, or can never come
   */
  static void check(String text) {
    new CronGrammar(text).check();
  }

  private void check() {
    if (text.length() > MAX_LENGTH) {
      throw new Wrong(0, text.length(), "a cron expression has at most 200 characters", "");
    }
    if (text.startsWith("@")) {
      if (!MACROS.contains(text)) {
        throw new Wrong(
            0, text.length(), "there is no `" + text + "`", "there are: " + Reading.list(MACROS));
      }
      return;
    }
    List<Piece> pieces =
        split(new Piece(text, 0), ' ').stream().filter(p -> !p.text().isEmpty()).toList();
    if (pieces.size() != 5 && pieces.size() != 6) {
      throw new Wrong(
          0,
          text.length(),
          "a cron expression has five fields, or six with seconds first, and this has "
              + pieces.size(),
          "minute, hour, day of the month, month, day of the week: `30 2 * * *`");
    }
    int first = pieces.size() == 6 ? 0 : 1;
    BitSet days = new BitSet();
    BitSet months = new BitSet();
    for (int i = 0; i < pieces.size(); i++) {
      Field field = Field.values()[first + i];
      BitSet values = field(pieces.get(i), field);
      if (field == Field.DAY) {
        days = values;
      } else if (field == Field.MONTH) {
        months = values;
      }
    }
    Piece weekday = pieces.getLast();
    checkThatItComes(
        days,
        months,
        weekday.text().equals("*") || weekday.text().equals("?"),
        pieces.get(3 - first));
  }

  private static void checkThatItComes(BitSet days, BitSet months, boolean anyWeekday, Piece day) {
    // With both days given either is enough, so that a weekday always comes.
    if (days.isEmpty() || !anyWeekday) {
      return;
    }
    boolean comes = months.stream().anyMatch(month -> days.nextSetBit(1) <= LENGTHS[month - 1]);
    if (!comes) {
      throw new Wrong(
          day.start(),
          day.end(),
          "this time never comes: no such month has a day " + days.nextSetBit(1),
          "`L` is the last day of each month");
    }
  }

  /** The values of a field; empty when they depend on the month, as `L` does. */
  private BitSet field(Piece piece, Field field) {
    var values = new BitSet();
    boolean special = false;
    for (Piece item : split(piece, ',')) {
      if (isSpecial(item, field)) {
        special = true;
      } else {
        item(item, field, values);
      }
    }
    if (special) {
      values.clear();
    }
    return values;
  }

  private boolean isSpecial(Piece item, Field field) {
    String word = item.text().toUpperCase(Locale.ROOT);
    if (field == Field.DAY) {
      return lastDay(item, word) || nearestWeekday(item, word);
    }
    if (field != Field.WEEKDAY) {
      return false;
    }
    if (word.equals("L")) {
      return true;
    }
    if (word.endsWith("L") && word.length() > 1) {
      value(new Piece(item.text().substring(0, word.length() - 1), item.start()), field);
      return true;
    }
    int hash = word.indexOf('#');
    if (hash < 0) {
      return false;
    }
    value(new Piece(item.text().substring(0, hash), item.start()), field);
    if (!word.substring(hash + 1).matches("[1-5]")) {
      throw wrong(item, "behind `#` stands which one of the month: 1 to 5");
    }
    return true;
  }

  /** {@code L}, {@code LW}, {@code L-3}. */
  private boolean lastDay(Piece item, String word) {
    if (!word.startsWith("L")) {
      return false;
    }
    if (!word.matches("L|LW|L-([1-9]|[12][0-9]|30)")) {
      throw wrong(item, "`L`, `LW` or `L-3`: the last day of the month, or some days before it");
    }
    return true;
  }

  /** {@code 15W}. */
  private boolean nearestWeekday(Piece item, String word) {
    if (!word.endsWith("W")) {
      return false;
    }
    value(new Piece(item.text().substring(0, word.length() - 1), item.start()), Field.DAY);
    return true;
  }

  private void item(Piece item, Field field, BitSet values) {
    int slash = item.text().indexOf('/');
    Piece range = slash < 0 ? item : new Piece(item.text().substring(0, slash), item.start());
    int step = 1;
    if (slash >= 0) {
      step = step(new Piece(item.text().substring(slash + 1), item.start() + slash + 1), field);
    }
    int from = field.min;
    int to = field.max;
    boolean any =
        range.text().equals("*")
            || (range.text().equals("?") && (field == Field.DAY || field == Field.WEEKDAY));
    if (!any) {
      int dash = range.text().indexOf('-');
      Piece low = dash < 0 ? range : new Piece(range.text().substring(0, dash), range.start());
      from = value(low, field);
      if (dash >= 0) {
        to = value(new Piece(range.text().substring(dash + 1), range.start() + dash + 1), field);
      } else if (slash < 0) {
        to = from;
      }
      boolean sunday = field == Field.WEEKDAY && to == 0;
      to = sunday && from > 0 ? 7 : to;
    }
    if (from > to) {
      throw wrong(range, "a range goes from the smaller to the larger; for both ends write a list");
    }
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
  }

  private int step(Piece piece, Field field) {
    int span = field.max - field.min + 1;
    if (!piece.text().matches("[0-9]{1,3}")
        || Integer.parseInt(piece.text()) < 1
        || Integer.parseInt(piece.text()) > span) {
      throw wrong(piece, "behind `/` stands a step from 1 to " + span);
    }
    return Integer.parseInt(piece.text());
  }

  private int value(Piece piece, Field field) {
    int name = field.names().indexOf(piece.text().toUpperCase(Locale.ROOT));
    if (name >= 0) {
      return name + field.min;
    }
    if (!piece.text().matches("[0-9]{1,3}")) {
      throw wrong(piece, field.range());
    }
    int value = Integer.parseInt(piece.text());
    if (value < field.min || value > field.max) {
      throw wrong(piece, field.range());
    }
    return value;
  }

  private static Wrong wrong(Piece piece, String hint) {
    String message =
        piece.text().isEmpty()
            ? "a value is missing here"
            : "`" + piece.text() + "` cannot stand here";
    return new Wrong(piece.start(), piece.end(), message, hint);
  }

  private static List<Piece> split(Piece piece, char separator) {
    var pieces = new ArrayList<Piece>();
    int start = 0;
    for (int i = 0; i <= piece.text().length(); i++) {
      if (i == piece.text().length() || piece.text().charAt(i) == separator) {
        pieces.add(new Piece(piece.text().substring(start, i), piece.start() + start));
        start = i + 1;
      }
    }
    return pieces;
  }
}
