package dev.nightjar.daemon.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What values a parameter has. */
public sealed interface ParameterType {

  /** Whether a value is one of them. */
  boolean accepts(String value);

  /** What it has to be, to follow "must be". */
  String wanted();

  /** As JSON Schema. */
  ObjectNode schema();

  /** Any text of at most 1,000 characters. */
  static ParameterType text() {
    return new Text(1_000);
  }

  /** Text of at most so many characters. */
  static ParameterType text(int maxLength) {
    return new Text(maxLength);
  }

  /** A whole number between two bounds, which belong to it. */
  static ParameterType whole(long min, long max) {
    return new Whole(min, max);
  }

  /** {@code true} or {@code false}. */
  static ParameterType flag() {
    return new Flag();
  }

  /** One of some words. */
  static ParameterType choice(String... words) {
    return new Choice(List.of(words));
  }

  /** A moment as ISO 8601 writes it, with an offset. */
  static ParameterType instant() {
    return new Moment();
  }

  /**
   * Text of at most so many characters with a certain look.
   *
   * @param pattern that all of it matches, for Java and JSON Schema alike
   * @param wanted what it has to be, to follow "must be"
   */
  static ParameterType text(int maxLength, String pattern, String wanted) {
    return new Shaped(maxLength, Pattern.compile(pattern), wanted);
  }

  /** See {@link #text(int)}. */
  record Text(int maxLength) implements ParameterType {
    @Override
    public boolean accepts(String value) {
      return !value.isEmpty() && value.length() <= maxLength;
    }

    @Override
    public String wanted() {
      return "text of 1 to " + maxLength + " characters";
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.text().put("minLength", 1).put("maxLength", maxLength);
    }
  }

  /** See {@link #text(int, String, String)}. */
  record Shaped(int maxLength, Pattern pattern, String wanted) implements ParameterType {
    @Override
    public boolean accepts(String value) {
      return value.length() <= maxLength && pattern.matcher(value).matches();
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.text()
          .put("minLength", 1)
          .put("maxLength", maxLength)
          .put("pattern", "^" + pattern.pattern() + "$");
    }
  }

  /** See {@link #whole}. */
  record Whole(long min, long max) implements ParameterType {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    @Override
    public boolean accepts(String value) {
      if (!DIGITS.matcher(value).matches()) {
        return false;
      }
      long number = Long.parseLong(value);
      return min <= number && number <= max;
    }

    @Override
    public String wanted() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.whole().put("minimum", min).put("maximum", max);
    }
  }

  /** See {@link #flag}. */
  record Flag() implements ParameterType {
    @Override
    public boolean accepts(String value) {
      return value.equals("true") || value.equals("false");
    }

    @Override
    public String wanted() {
      return "true or false";
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.flag();
    }
  }

  /** See {@link #choice}. */
  record Choice(List<String> words) implements ParameterType {
    @Override
    public boolean accepts(String value) {
      return words.contains(value);
    }

    @Override
    public String wanted() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.choice(words);
    }
  }

  /** See {@link #instant}. */
  record Moment() implements ParameterType {
    @Override
    public boolean accepts(String value) {
      try {
        Instant _ = Instant.parse(value);
        return true;
      } catch (DateTimeParseException unknown) {
        return false;
      }
    }

    @Override
    public String wanted() {
      return "a moment such as 2026-11-20T08:00:00Z";
    }

    @Override
    public ObjectNode schema() {
      return JsonSchema.instant();
    }
  }
}
