package dev.nightjar.model.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The types of plain scalars in the YAML 1.2 core schema, with one difference: a decimal number
 * with needless leading zeros ({@code 012}) is text, because it is a postcode more often than a
 * number and other readers take it for an octal one.
 */
final class CoreSchema {

  /** Longer numbers are no quantities, and computing with them costs more than reading them. */
  static final int MAX_DIGITS = 1000;

  /** Computing 1e99999999 + 1 exactly takes minutes; no double goes beyond 308 either. */
  static final int MAX_EXPONENT = 9999;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CoreSchema() {}

  /** The value of a plain scalar; null when it is a number out of bounds. */
  static @Nullable JsonNode value(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
      case "true", "True", "TRUE" -> NODES.booleanNode(true);
      case "false", "False", "FALSE" -> NODES.booleanNode(false);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" ->
          NODES.numberNode(Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" -> NODES.numberNode(Double.NEGATIVE_INFINITY);
      case ".nan", ".NaN", ".NAN" -> NODES.numberNode(Double.NaN);
      default -> numberOrText(text);
    };
  }

  private static @Nullable JsonNode numberOrText(String text) {
    if (text.startsWith("0x") && digits(text, 2, 16) == text.length() && text.length() > 2) {
      return integer(text.substring(2), 16);
    }
    if (text.startsWith("0o") && digits(text, 2, 8) == text.length() && text.length() > 2) {
      return integer(text.substring(2), 8);
    }
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int whole = digits(text, sign, 10);
    int wholeDigits = whole - sign;
    if (wholeDigits > 1 && text.charAt(sign) == '0') {
      return NODES.stringNode(text);
    }
    if (whole == text.length() && wholeDigits > 0) {
      return integer(text, 10);
    }
    return decimalOrText(text, whole, wholeDigits);
  }

  private static @Nullable JsonNode decimalOrText(String text, int whole, int wholeDigits) {
    int end = whole;
    int fractionDigits = 0;
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(text, end + 1, 10);
      fractionDigits = end - whole - 1;
    }
    if (wholeDigits + fractionDigits == 0) {
      return NODES.stringNode(text);
    }
    if (end == text.length()) {
      return decimal(text, end, 0);
    }
    if (text.charAt(end) != 'e' && text.charAt(end) != 'E') {
      return NODES.stringNode(text);
    }
    int exponent = end + 1;
    if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
      exponent++;
    }
    boolean number = exponent < text.length() && digits(text, exponent, 10) == text.length();
    return number ? decimal(text, end, exponent) : NODES.stringNode(text);
  }

  /** The index of the first character from {@code from} on that is no digit. */
  private static int digits(String text, int from, int radix) {
    int at = from;
    while (at < text.length()
        && text.charAt(at) < 128
        && Character.digit(text.charAt(at), radix) >= 0) {
      at++;
    }
    return at;
  }

  private static @Nullable JsonNode integer(String digits, int radix) {
    if (digits.length() > MAX_DIGITS) {
      return null;
    }
    var value = new BigInteger(digits, radix);
    if (value.bitLength() < Integer.SIZE) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private static @Nullable JsonNode decimal(String text, int mantissaEnd, int exponent) {
    if (mantissaEnd > MAX_DIGITS || (exponent > 0 && text.length() - exponent > 9)) {
      return null;
    }
    int power = exponent == 0 ? 0 : Integer.parseInt(text, exponent, text.length(), 10);
    if (power > MAX_EXPONENT) {
      return null;
    }
    // A BigDecimal keeps the digits as written: 1.10 stays 1.10.
    return NODES.numberNode(new BigDecimal(text));
  }
}
