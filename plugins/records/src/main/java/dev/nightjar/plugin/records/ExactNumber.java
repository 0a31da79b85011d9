package dev.nightjar.plugin.records;

import org.jspecify.annotations.Nullable;

/**
 * A decimal number taken apart, without ever writing out its zeros: {@code 1e999999999} costs no
 * more than 1.
 *
 * @param sign -1, 0 or 1
 * @param exponent of 0.DIGITS; beyond 18 digits of its own it stays at the largest
 * @param digits without zeros at either end; empty for zero
 */
record ExactNumber(int sign, long exponent, String digits) {

  private static final long LARGEST = 1_000_000_000_000_000_000L;

  /**
   * Reads a number as JSON writes it, with a plus or zeros in front too; null for anything else.
   */
  static @Nullable ExactNumber parse(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int whole = digits(text, at);
    boolean point = whole < text.length() && text.charAt(whole) == '.';
    int mantissa = point ? digits(text, whole + 1) : whole;
    if (whole == at || (point && mantissa == whole + 1)) {
      return null;
    }
    Long exponent = mantissa == text.length() ? Long.valueOf(0) : exponent(text, mantissa);
    if (exponent == null) {
      return null;
    }
    String all = text.substring(at, whole) + (point ? text.substring(whole + 1, mantissa) : "");
    return of(text.charAt(0) == '-' ? -1 : 1, all, whole - at + exponent);
  }

  private static ExactNumber of(int sign, String all, long exponent) {
    int from = 0;
    while (from < all.length() && all.charAt(from) == '0') {
      from++;
    }
    int to = all.length();
    while (to > from && all.charAt(to - 1) == '0') {
      to--;
    }
    return from == to
        ? new ExactNumber(0, 0, "")
        : new ExactNumber(sign, exponent - from, all.substring(from, to));
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static @Nullable Long exponent(String text, int at) {
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return null;
    }
    int from = at + 1;
    boolean negative = text.startsWith("-", from);
    if (negative || text.startsWith("+", from)) {
      from++;
    }
    if (from == text.length() || digits(text, from) != text.length()) {
      return null;
    }
    while (from < text.length() - 1 && text.charAt(from) == '0') {
      from++;
    }
    long size = text.length() - from > 18 ? LARGEST : Long.parseLong(text.substring(from));
    return negative ? -size : size;
  }
}
