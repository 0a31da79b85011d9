package dev.nightjar.plugin.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads numbers from JSON and compares them, exactly. Used by one thread. */
final class PlainNumber {

  /** Longer ones have bounds of their own, in the reader of trees and in the library. */
  private static final int MAX_LENGTH = 100;

  private static final int MAX_EXPONENT_DIGITS = 2;

  /** So many digits fit a long whatever they are. */
  private static final int LONG_DIGITS = 18;

  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Whether the number is digits / 10^scale; else it is in the decimal alone. */
  private boolean small;

  private long digits;
  private int scale;
  private @Nullable BigDecimal decimal;

  /**
   * The index after a number, without reading it.
   *
   * @return -1 when it is too long or too large to be read here
   */
  static int skip(byte[] in, int start, int end) {
    int at = mantissa(in, start, end);
    if (at < end && (in[at] | 0x20) == 'e') {
      at = exponent(in, at + 1, end);
    }
    return at - start > MAX_LENGTH ? -1 : at;
  }

  private static int mantissa(byte[] in, int start, int end) {
    int at = start;
    // Digits, the minus and the point, which lie beside each other but for the slash.
    while (at < end && in[at] <= '9' && in[at] >= '-') {
      at++;
    }
    return at;
  }

  /** The index after an exponent; one far away where it has more than two digits. */
  private static int exponent(byte[] in, int start, int end) {
    int from = in[start] == '-' || in[start] == '+' ? start + 1 : start;
    int at = mantissa(in, from, end);
    return at - from > MAX_EXPONENT_DIGITS ? Integer.MAX_VALUE : at;
  }

  /** As {@link #skip}; the number is the one that the other methods are about. */
  int read(byte[] in, int start, int end) {
    int after = skip(in, start, end);
    if (after >= 0) {
      decimal = null;
      small = after - start <= LONG_DIGITS && readDigits(in, start, after);
      if (!small) {
        var text = new String(in, start, after - start, StandardCharsets.ISO_8859_1);
        decimal = new BigDecimal(text);
      }
    }
    return after;
  }

  /** False when there is an exponent. */
  private boolean readDigits(byte[] in, int start, int end) {
    boolean negative = in[start] == '-';
    long read = 0;
    int point = end;
    for (int at = negative ? start + 1 : start; at < end; at++) {
      byte b = in[at];
      if (b >= '0') {
        if (b > '9') {
          return false;
        }
        read = read * 10 + (b - '0');
      } else if (b == '.') {
        point = at + 1;
      } else {
        return false;
      }
    }
    digits = negative ? -read : read;
    scale = end - point;
    return true;
  }

  BigDecimal decimal() {
    BigDecimal known = decimal;
    if (known == null) {
      known = BigDecimal.valueOf(digits, scale);
      decimal = known;
    }
    return known;
  }

  private boolean isWhole() {
    return small && scale == 0;
  }

  /** However it is written: 1, 1.0, 1e3. */
  boolean isInteger() {
    if (isWhole()) {
      return true;
    }
    BigDecimal value = decimal();
    return value.signum() == 0 || value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
  }

  boolean keeps(PlainSchema.Limit limit) {
    Long whole = limit.whole();
    return limit.isKept(
        isWhole() && whole != null
            ? Long.compare(digits, whole)
            : decimal().compareTo(limit.value()));
  }

  boolean isMultipleOf(BigDecimal divisor) {
    if (isWhole() && divisor.scale() == 0 && divisor.compareTo(LONG_MAX) <= 0) {
      return digits % divisor.longValue() == 0;
    }
    return decimal().remainder(divisor).signum() == 0;
  }

  boolean isAmong(Iterable<BigDecimal> values) {
    for (BigDecimal value : values) {
      if (decimal().compareTo(value) == 0) {
        return true;
      }
    }
    return false;
  }
}
