package dev.nightjar.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.nightjar.model.options.Durations;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether values fit the declarations of inputs; says in a few words why not. */
final class InputValues {

  /** Longer patterns, or longer texts for them, are no names or codes; matching is linear. */
  private static final int MAX_PATTERN = 1000;

  private InputValues() {}

  /** What an input takes, for messages: {@code a date such as 2026-01-31}. */
  static String wanted(InputDeclaration.Type type) {
    return switch (type) {
      case STRING -> "text";
      case INTEGER -> "a whole number";
      case NUMBER -> "a number";
      case BOOLEAN -> "`true` or `false`";
      case DATE -> "a date such as 2026-01-31";
      case DATETIME -> "a date and time such as 2026-01-31T02:30:00+01:00";
      case DURATION -> "a duration such as 30s";
      case PATH -> "a path";
      case JSON -> "any value";
      case LIST -> "a list";
      case SECRET -> "text";
    };
  }

  static boolean hasType(JsonNode value, InputDeclaration.Type type, Map<String, Duration> named) {
    return switch (type) {
      case STRING, SECRET -> value.isString();
      case PATH ->
          value.isString()
              && !value.stringValue().isEmpty()
              && value.stringValue().indexOf('\0') < 0;
      case INTEGER -> value.isIntegralNumber();
      case NUMBER -> value.isNumber();
      case BOOLEAN -> value.isBoolean();
      case JSON -> true;
      case LIST -> value.isArray();
      case DATE -> value.isString() && parses(() -> LocalDate.parse(value.stringValue()));
      case DATETIME -> value.isString() && parses(() -> dateTime(value.stringValue()));
      case DURATION ->
          value.isString() && parses(() -> Durations.parse(value.stringValue(), named));
    };
  }

  private static boolean parses(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }

  /** With an offset, or a local one. */
  private static LocalDateTime dateTime(String text) {
    boolean offset =
        text.length() > 19 && (text.endsWith("Z") || text.matches(".*[+-]\\d\\d(:?\\d\\d)?"));
    return offset ? OffsetDateTime.parse(text).toLocalDateTime() : LocalDateTime.parse(text);
  }

  /**
   * What keeps a value of the right type from being used: {@code is more than 10}; null when
   * nothing does.
   */
  static @Nullable String limit(
      JsonNode value, InputDeclaration input, Map<String, Duration> named) {
    if (!input.allowed().isEmpty() && input.allowed().stream().noneMatch(one -> same(one, value))) {
      var words = input.allowed().stream().map(JsonNode::asString).toList();
      return "is none of " + String.join(", ", words);
    }
    if (input.min() != null && compare(value, input.min(), input.type(), named) < 0) {
      return "is " + less(input.type()) + " than " + input.min().asString();
    }
    if (input.max() != null && compare(value, input.max(), input.type(), named) > 0) {
      return "is " + more(input.type()) + " than " + input.max().asString();
    }
    String pattern = input.pattern();
    if (pattern != null && !Pattern.matches(pattern, value.asString())) {
      return "does not match " + pattern;
    }
    return null;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.equals(other)
        || (one.isNumber()
            && other.isNumber()
            && one.decimalValue().compareTo(other.decimalValue()) == 0);
  }

  private static String less(InputDeclaration.Type type) {
    return sized(type) ? "shorter" : "less";
  }

  private static String more(InputDeclaration.Type type) {
    return sized(type) ? "longer" : "more";
  }

  /** Whether {@code min} and {@code max} bound a length. */
  static boolean sized(InputDeclaration.Type type) {
    return switch (type) {
      case STRING, PATH, SECRET, LIST -> true;
      default -> false;
    };
  }

  private static int compare(
      JsonNode value, JsonNode bound, InputDeclaration.Type type, Map<String, Duration> named) {
    return switch (type) {
      case STRING, PATH, SECRET ->
          BigDecimal.valueOf(value.stringValue().codePointCount(0, value.stringValue().length()))
              .compareTo(bound.decimalValue());
      case LIST -> BigDecimal.valueOf(value.size()).compareTo(bound.decimalValue());
      case INTEGER, NUMBER -> number(value).compareTo(number(bound));
      case DATE ->
          LocalDate.parse(value.stringValue()).compareTo(LocalDate.parse(bound.stringValue()));
      case DATETIME -> dateTime(value.stringValue()).compareTo(dateTime(bound.stringValue()));
      case DURATION ->
          Durations.parse(value.stringValue(), named)
              .compareTo(Durations.parse(bound.stringValue(), named));
      case BOOLEAN, JSON -> 0;
    };
  }

  /** Infinities lie beyond every number that can be written. */
  private static BigDecimal number(JsonNode value) {
    double number = value.doubleValue();
    boolean finite = Double.isFinite(number) || !value.isDouble();
    return finite
        ? value.decimalValue()
        : new BigDecimal("1e10000").multiply(BigDecimal.valueOf(Math.signum(number)));
  }

  /** What is wrong with a pattern; null when nothing is. */
  static @Nullable String patternMistake(String pattern) {
    if (pattern.length() > MAX_PATTERN) {
      return "a pattern has at most 1,000 characters";
    }
    try {
      Pattern.compile(pattern);
      return null;
    } catch (PatternSyntaxException e) {
      return e.getDescription();
    }
  }
}
