package dev.nightjar.model.options;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as workflows write them: {@code 30s}, {@code 1h30m}, {@code 500ms}, {@code 2d}, {@code
 * 1.5s}, ISO 8601's {@code PT30S}, and the named timeouts.
 */
public final class Durations {

  /** The named timeouts that every workflow has. */
  public static final Map<String, Duration> NAMED =
      Map.of(
          "T1", Duration.ofMillis(100),
          "T2", Duration.ofMillis(500),
          "T3", Duration.ofSeconds(2),
          "T4", Duration.ofSeconds(5),
          "T5", Duration.ofSeconds(10));

  /** What to write, for hints. */
  static final String EXAMPLES = "write a number with its unit: 500ms, 30s, 5m, 1h30m, 2d";

  /** Longer ones are slips, and would not fit into 64 bits of nanoseconds for long. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /** More characters than the longest duration with nanoseconds has. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException saying what is wrong: no duration, or beyond 100 years
   */
  public static Duration parse(String text) {
    return parse(text, Map.of());
  }

  /**
   * Reads a duration.
   *
   * @param named what names such as {@code T3} stand for
   * @throws IllegalArgumentException saying what is wrong: no duration, or beyond 100 years
   */
  public static Duration parse(String text, Map<String, Duration> named) {
    Duration known = named.get(text);
    if (known != null) {
      return known;
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a text of " + text.length() + " characters is no duration");
    }
    boolean negative = text.startsWith("-");
    String amount = negative ? text.substring(1) : text;
    Duration duration = amount.startsWith("P") ? iso(amount, text) : parts(amount, text);
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("`" + text + "` is longer than 100 years");
    }
    return negative ? duration.negated() : duration;
  }

  private static Duration iso(String amount, String text) {
    try {
      return Duration.parse(amount);
    } catch (DateTimeException | ArithmeticException e) {
      throw notOne(text);
    }
  }

  private static Duration parts(String amount, String text) {
    Matcher part = PART.matcher(amount);
    var nanos = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
      end = part.end();
    }
    if (end == 0 || end != amount.length()) {
      throw notOne(text);
    }
    BigDecimal limit = BigDecimal.valueOf(LONGEST.plusSeconds(1).toSeconds()).movePointRight(9);
    return of(nanos.min(limit));
  }

  private static Duration of(BigDecimal nanos) {
    BigDecimal[] split = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    return Duration.ofSeconds(split[0].longValue(), split[1].longValue());
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 86_400_000_000_000L;
        });
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException("`" + text + "` is no duration");
  }

  /** As a person would write it, such that reading it gives the same: {@code 1h30m}, {@code 0s}. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    Duration amount = duration.abs();
    var text = new StringBuilder(duration.isNegative() ? "-" : "");
    append(text, amount.toDays(), "d");
    append(text, amount.toHoursPart(), "h");
    append(text, amount.toMinutesPart(), "m");
    append(text, amount.toSecondsPart(), "s");
    int nanos = amount.toNanosPart();
    append(text, nanos / 1_000_000, "ms");
    append(text, nanos / 1_000 % 1_000, "us");
    append(text, nanos % 1_000, "ns");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
