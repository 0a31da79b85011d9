package dev.nightjar.plugin.json;

import dev.nightjar.spi.Doc;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** What the value of a field may be. */
public enum Type {
  @Doc("Text.")
  STRING,
  @Doc("Any number.")
  NUMBER,
  @Doc("A number without a fraction, however written: 1, 1.0, 1e3.")
  INTEGER,
  @Doc("True or false.")
  BOOLEAN,
  @Doc("An object.")
  OBJECT,
  @Doc("An array.")
  ARRAY,
  @Doc("Null.")
  NULL,
  @Doc("A string with a day: 2026-11-20.")
  DATE,
  @Doc("A string with a day, a time and an offset: 2026-11-20T08:00:00Z.")
  DATETIME;

  private static final int DATE_LENGTH = "2026-11-20".length();

  /** With nanoseconds and an offset; longer ones are none. */
  private static final int MAX_DATETIME_LENGTH = "2026-11-20T08:00:00.123456789+01:00".length();

  boolean fits(JsonNode value) {
    return switch (this) {
      case STRING -> value.isString();
      case NUMBER -> value.isNumber();
      case INTEGER -> value.isNumber() && value.canConvertToExactIntegral();
      case BOOLEAN -> value.isBoolean();
      case OBJECT -> value.isObject();
      case ARRAY -> value.isArray();
      case NULL -> value.isNull();
      case DATE -> value.isString() && date(value.stringValue());
      case DATETIME -> value.isString() && datetime(value.stringValue());
    };
  }

  /** The type of JSON all of whose values fit; null when that depends on the value. */
  @Nullable JsonNodeType json() {
    return switch (this) {
      case STRING -> JsonNodeType.STRING;
      case NUMBER -> JsonNodeType.NUMBER;
      case BOOLEAN -> JsonNodeType.BOOLEAN;
      case OBJECT -> JsonNodeType.OBJECT;
      case ARRAY -> JsonNodeType.ARRAY;
      case NULL -> JsonNodeType.NULL;
      case INTEGER, DATE, DATETIME -> null;
    };
  }

  /** As in messages: {@code a number}. */
  String named() {
    String name = name().toLowerCase(Locale.ROOT);
    return switch (this) {
      case NULL -> name;
      case INTEGER, OBJECT, ARRAY -> "an " + name;
      default -> "a " + name;
    };
  }

  private static boolean date(String text) {
    if (text.length() != DATE_LENGTH) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean datetime(String text) {
    int seconds = DATE_LENGTH + "T08:00".length();
    boolean shaped =
        text.length() > seconds
            && text.length() <= MAX_DATETIME_LENGTH
            && text.charAt(seconds) == ':';
    if (!shaped) {
      return false;
    }
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
