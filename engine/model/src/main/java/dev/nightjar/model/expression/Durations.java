package dev.nightjar.model.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as text: {@code 1h30m}, {@code -1.5s}, {@code 250ms}. */
final class Durations {

  /** Longer ones are out of range or finer than a nanosecond, and would be slow to read. */
  private static final int LONGEST_TEXT = 60;

  private static final String[] UNITS = {"ms", "us", "ns", "h", "m", "s"};
  private static final long[] NANOS = {
    1_000_000L, 1_000L, 1L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L
  };

  private Durations() {}

  /**
   * Reads a number and a unit (h, m, s, ms, us, ns), any number of times.
   *
   * @throws EvaluationException when it is no duration
   */
  static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.length() > LONGEST_TEXT || at == text.length()) {
      throw unreadable(text);
    }
    if (text.substring(at).equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (at < text.length()) {
      int end = numberEnd(text, at);
      int unit = unit(text, end);
      nanos = nanos.add(number(text, at, end).multiply(BigDecimal.valueOf(NANOS[unit])));
      at = end + UNITS[unit].length();
    }
    return ofNanos(negative ? nanos.negate() : nanos);
  }

  private static int numberEnd(String text, int start) {
    int end = start;
    while (end < text.length() && (Lexer.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  private static BigDecimal number(String text, int start, int end) {
    try {
      return new BigDecimal(text.substring(start, end));
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
  }

  private static int unit(String text, int at) {
    for (int i = 0; i < UNITS.length; i++) {
      if (text.startsWith(UNITS[i], at)) {
        return i;
      }
    }
    throw unreadable(text);
  }

  private static Duration ofNanos(BigDecimal nanos) {
    var parts = nanos.setScale(0, RoundingMode.DOWN).toBigInteger();
    var split = parts.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
    if (split[0].bitLength() > 60) {
      throw TimeFunctions.outOfRange();
    }
    return TimeFunctions.inRange(Duration.ofSeconds(split[0].longValue(), split[1].longValue()));
  }

  private static EvaluationException unreadable(String text) {
    return Conversions.unreadable(text, "duration, such as 1h30m, 2.5s or 250ms");
  }

  /** Seconds with as many decimals as needed: {@code 5400s}, {@code 3.5s}. */
  static String text(Duration time) {
    long whole = time.getSeconds();
    int nanos = time.getNano();
    BigDecimal seconds = BigDecimal.valueOf(whole).add(BigDecimal.valueOf(nanos, 9));
    BigDecimal shown = seconds.signum() == 0 ? BigDecimal.ZERO : seconds.stripTrailingZeros();
    return shown.toPlainString() + "s";
  }
}
