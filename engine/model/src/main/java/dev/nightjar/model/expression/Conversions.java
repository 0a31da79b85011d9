package dev.nightjar.model.expression;

import static dev.nightjar.model.expression.Overload.global;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.BinaryNode;

/** Making a value of one type from one of another. */
final class Conversions {

  /** Digits, dot and exponent of a double are never more. */
  private static final int LONGEST_NUMBER = 400;

  private Conversions() {}

  static Map<String, List<Overload>> functions() {
    Overload.Body same = a -> a[0];
    return Map.of(
        "bool",
        List.of(
            global(Type.BOOL, same, Type.BOOL),
            global(Type.BOOL, a -> truth((String) a[0]), Type.STRING)),
        "int",
        List.of(
            global(Type.INT, same, Type.INT),
            global(Type.INT, a -> whole((Double) a[0]), Type.DOUBLE),
            global(Type.INT, a -> whole((String) a[0]), Type.STRING),
            global(Type.INT, a -> ((Instant) a[0]).getEpochSecond(), Type.TIMESTAMP),
            global(Type.INT, a -> ((Duration) a[0]).toSeconds(), Type.DURATION)),
        "double",
        List.of(
            global(Type.DOUBLE, same, Type.DOUBLE),
            global(Type.DOUBLE, a -> ((Long) a[0]).doubleValue(), Type.INT),
            global(Type.DOUBLE, a -> real((String) a[0]), Type.STRING)),
        "string",
        List.of(
            global(Type.STRING, same, Type.STRING),
            global(Type.STRING, a -> a[0].toString(), Type.INT),
            global(Type.STRING, a -> a[0].toString(), Type.DOUBLE),
            global(Type.STRING, a -> a[0].toString(), Type.BOOL),
            global(Type.STRING, a -> utf8((BinaryNode) a[0]), Type.BYTES),
            global(Type.STRING, a -> TimeFunctions.text(a[0]), Type.TIMESTAMP),
            global(Type.STRING, a -> TimeFunctions.text(a[0]), Type.DURATION)),
        "bytes",
        List.of(
            global(Type.BYTES, same, Type.BYTES),
            global(
                Type.BYTES,
                a -> BinaryNode.valueOf(((String) a[0]).getBytes(StandardCharsets.UTF_8)),
                Type.STRING)),
        "dyn",
        List.of(global(Type.ANY, same, Type.ANY)));
  }

  private static Object truth(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "t", "1" -> true;
      case "false", "False", "FALSE", "f", "0" -> false;
      default -> throw unreadable(text, "bool, which is true or false");
    };
  }

  private static Object whole(double value) {
    if (!(value >= -0x1p63 && value < 0x1p63)) {
      throw new EvaluationException(value + " does not fit an int");
    }
    return (long) value;
  }

  private static Object whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw unreadable(text, "whole number of 64 bits");
    }
  }

  private static Object real(String text) {
    boolean plain =
        !text.isEmpty()
            && text.length() <= LONGEST_NUMBER
            && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
    boolean named = text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    if (!plain && !named) {
      throw unreadable(text, "number");
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw unreadable(text, "number");
    }
  }

  /**
   * The text that bytes are.
   *
   * @throws EvaluationException unless they are UTF-8
   */
  static String utf8(BinaryNode bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.binaryValue()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new EvaluationException("the bytes are not UTF-8 text");
    }
  }

  static EvaluationException unreadable(String text, String expected) {
    return new EvaluationException("\"" + Mistake.cut(text) + "\" is no " + expected);
  }
}
