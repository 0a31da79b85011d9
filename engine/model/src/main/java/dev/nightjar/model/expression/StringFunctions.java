package dev.nightjar.model.expression;

import static dev.nightjar.model.expression.Overload.global;
import static dev.nightjar.model.expression.Overload.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CEL's functions of strings. Positions count code points, from 0. */
final class StringFunctions {

  private static final Type STRINGS = new Type.ListOf(Type.STRING);

  private StringFunctions() {}

  static Map<String, List<Overload>> functions() {
    return Map.ofEntries(
        Map.entry("contains", List.of(test((text, part) -> text.contains(part)))),
        Map.entry("startsWith", List.of(test((text, part) -> text.startsWith(part)))),
        Map.entry("endsWith", List.of(test((text, part) -> text.endsWith(part)))),
        Map.entry(
            "matches",
            List.of(
                test(Matches::find),
                global(
                    Type.BOOL,
                    a -> Matches.find(text(a, 0), text(a, 1)),
                    Type.STRING,
                    Type.STRING))),
        Map.entry("lowerAscii", List.of(change(text -> shifted(text, 'A', 'Z', 'a' - 'A')))),
        Map.entry("upperAscii", List.of(change(text -> shifted(text, 'a', 'z', 'A' - 'a')))),
        Map.entry("trim", List.of(change(StringFunctions::trim))),
        Map.entry(
            "charAt",
            List.of(
                member(Type.STRING, a -> charAt(text(a, 0), whole(a, 1)), Type.STRING, Type.INT))),
        Map.entry("indexOf", indexes(false)),
        Map.entry("lastIndexOf", indexes(true)),
        Map.entry("substring", substrings()),
        Map.entry("replace", replacements()),
        Map.entry("split", splits()),
        Map.entry(
            "join",
            List.of(
                member(Type.STRING, a -> join((List<?>) a[0], ""), STRINGS),
                member(Type.STRING, a -> join((List<?>) a[0], text(a, 1)), STRINGS, Type.STRING))));
  }

  private interface Test {
    boolean of(String text, String part);
  }

  private interface Change {
    String of(String text);
  }

  private static Overload test(Test test) {
    return member(Type.BOOL, a -> test.of(text(a, 0), text(a, 1)), Type.STRING, Type.STRING);
  }

  private static Overload change(Change change) {
    return member(Type.STRING, a -> change.of(text(a, 0)), Type.STRING);
  }

  private static String text(Object[] arguments, int index) {
    return (String) arguments[index];
  }

  private static long whole(Object[] arguments, int index) {
    return (Long) arguments[index];
  }

  private static String shifted(String text, char first, char last, int by) {
    var shifted = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shifted.append(c >= first && c <= last ? (char) (c + by) : c);
    }
    return shifted.toString();
  }

  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Unicode's White_Space. */
  private static boolean isBlank(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  /** The offset of a code point; {@code size} itself is allowed. */
  private static int offset(String text, long position) {
    try {
      return text.offsetByCodePoints(0, Math.toIntExact(position));
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new EvaluationException("position " + position + " is outside the text");
    }
  }

  private static Object charAt(String text, long position) {
    int start = offset(text, position);
    return start == text.length() ? "" : Character.toString(text.codePointAt(start));
  }

  private static List<Overload> indexes(boolean last) {
    Overload.Body all =
        a -> last ? lastIndex(text(a, 0), text(a, 1)) : index(text(a, 0), text(a, 1), 0);
    Overload.Body from =
        a ->
            last
                ? lastIndex(text(a, 0), text(a, 1), whole(a, 2))
                : index(text(a, 0), text(a, 1), whole(a, 2));
    return List.of(
        member(Type.INT, all, Type.STRING, Type.STRING),
        member(Type.INT, from, Type.STRING, Type.STRING, Type.INT));
  }

  private static Object index(String text, String part, long from) {
    notNegative(from);
    if (part.isEmpty()) {
      return from;
    }
    return from > text.length() ? -1L : position(text, text.indexOf(part, clamped(text, from)));
  }

  private static Object lastIndex(String text, String part) {
    return position(text, text.lastIndexOf(part));
  }

  private static Object lastIndex(String text, String part, long from) {
    notNegative(from);
    return part.isEmpty() ? from : position(text, text.lastIndexOf(part, clamped(text, from)));
  }

  private static void notNegative(long position) {
    if (position < 0) {
      throw new EvaluationException("position " + position + " is outside the text");
    }
  }

  /** The offset of a code point, or the end when there are not so many. */
  private static int clamped(String text, long position) {
    return position >= text.codePointCount(0, text.length())
        ? text.length()
        : offset(text, position);
  }

  private static long position(String text, int offset) {
    return offset < 0 ? -1L : text.codePointCount(0, offset);
  }

  private static List<Overload> substrings() {
    return List.of(
        member(
            Type.STRING,
            a -> text(a, 0).substring(offset(text(a, 0), whole(a, 1))),
            Type.STRING,
            Type.INT),
        member(
            Type.STRING,
            a -> substring(text(a, 0), whole(a, 1), whole(a, 2)),
            Type.STRING,
            Type.INT,
            Type.INT));
  }

  private static Object substring(String text, long start, long end) {
    int from = offset(text, start);
    int to = offset(text, end);
    if (from > to) {
      throw new EvaluationException("position " + end + " is before position " + start);
    }
    return text.substring(from, to);
  }

  private static List<Overload> replacements() {
    return List.of(
        member(
            Type.STRING,
            a -> replace(text(a, 0), text(a, 1), text(a, 2), -1),
            Type.STRING,
            Type.STRING,
            Type.STRING),
        member(
            Type.STRING,
            a -> replace(text(a, 0), text(a, 1), text(a, 2), whole(a, 3)),
            Type.STRING,
            Type.STRING,
            Type.STRING,
            Type.INT));
  }

  /**
   * At most {@code limit} times, unless that is negative. Nothing stands before every character.
   */
  private static Object replace(String text, String old, String with, long limit) {
    var replaced = new StringBuilder();
    int from = 0;
    long left = limit;
    int found = text.indexOf(old);
    while (found >= 0 && left != 0) {
      replaced.append(text, from, found).append(with);
      Arithmetic.bound(replaced.length());
      from = found + old.length();
      left--;
      found = next(text, old, from, found);
    }
    Arithmetic.bound((long) replaced.length() + text.length() - from);
    return replaced.append(text, from, text.length()).toString();
  }

  private static int next(String text, String old, int from, int found) {
    if (!old.isEmpty()) {
      return text.indexOf(old, from);
    }
    return found == text.length() ? -1 : text.offsetByCodePoints(found, 1);
  }

  private static List<Overload> splits() {
    return List.of(
        member(STRINGS, a -> split(text(a, 0), text(a, 1), -1), Type.STRING, Type.STRING),
        member(
            STRINGS,
            a -> split(text(a, 0), text(a, 1), whole(a, 2)),
            Type.STRING,
            Type.STRING,
            Type.INT));
  }

  /** Into at most {@code limit} parts, unless that is negative; by nothing, into characters. */
  private static Object split(String text, String separator, long limit) {
    List<Object> parts = new ArrayList<>();
    if (limit == 0 || (separator.isEmpty() && text.isEmpty())) {
      return parts;
    }
    int from = 0;
    int end = separatorAt(text, separator, from);
    while (end >= 0 && (limit < 0 || parts.size() + 1 < limit)) {
      parts.add(text.substring(from, end));
      Arithmetic.bound(parts.size());
      from = end + separator.length();
      end = separatorAt(text, separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static int separatorAt(String text, String separator, int from) {
    if (!separator.isEmpty()) {
      return text.indexOf(separator, from);
    }
    int next = text.offsetByCodePoints(from, 1);
    return next == text.length() ? -1 : next;
  }

  private static Object join(List<?> parts, String separator) {
    var joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (!(Value.of(parts.get(i)) instanceof String part)) {
        throw new EvaluationException("`join` takes a list of strings; element " + i + " is none");
      }
      Arithmetic.bound((long) joined.length() + separator.length() + part.length());
      joined.append(i == 0 ? "" : separator).append(part);
    }
    return joined.toString();
  }
}
