package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.options.OptionType.Choice;
import dev.nightjar.model.options.OptionType.Constant;
import dev.nightjar.model.options.OptionType.ListOf;
import dev.nightjar.model.options.OptionType.MapOf;
import dev.nightjar.model.options.OptionType.Nested;
import dev.nightjar.model.options.OptionType.Simple;
import dev.nightjar.spi.FieldPath;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What single values become, and which ones an option takes. */
final class Values {

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Digits beyond which a whole number fits nothing; counting further would only take time. */
  private static final int MAX_DIGITS = 40;

  /** How {@link FieldPath#of} says where it stopped. */
  private static final Pattern CHARACTER = Pattern.compile("character (\\d{1,9}): (.*)");

  private Values() {}

  /**
   * The Java value of a single one, except for those that need the run.
   *
   * @param value as YAML or JSON reads it
   * @param text as written
   * @param timeouts the named durations
   * @throws Unfit when it is of another type or out of range
   */
  static Object read(Simple type, JsonNode value, String text, Map<String, Duration> timeouts) {
    if (value.isContainer() && type != Simple.JSON) {
      throw unfit(type, value, text);
    }
    return switch (type) {
      case STRING, TEMPLATE, EXPRESSION, RECORDS -> text;
      case BOOLEAN -> {
        require(value.isBoolean(), type, value, text);
        yield value.booleanValue();
      }
      case INTEGER -> whole(type, value, text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case LONG -> whole(type, value, text, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
      case NUMBER -> number(value, text);
      case DURATION -> duration(value, text, timeouts);
      case PATH -> path(text);
      case DATE -> date(value, text);
      case JSON -> value;
      case FIELD_PATH -> fieldPath(text);
    };
  }

  /**
   * The constant of a word.
   *
   * @throws Unfit when there is none, with what was probably meant
   */
  static Constant choose(Choice choice, JsonNode value, String text) {
    for (Constant constant : choice.constants()) {
      if (constant.name().equals(text) && !value.isContainer()) {
        return constant;
      }
    }
    List<String> names = names(choice);
    String hint = Suggestions.nearest(text, names).map(Values::didYouMean).orElse(null);
    throw new Unfit(words(choice), shown(value, text), hint);
  }

  private static String didYouMean(String near) {
    return "did you mean `" + near + "`?";
  }

  private static List<String> names(Choice choice) {
    return choice.constants().stream().map(Constant::name).toList();
  }

  private static BigInteger whole(Simple type, JsonNode value, String text, long min, long max) {
    require(value.isIntegralNumber(), type, value, text);
    require(text.length() <= MAX_DIGITS, type, value, text);
    BigInteger number = value.bigIntegerValue();
    boolean fits =
        number.compareTo(BigInteger.valueOf(min).max(LEAST)) >= 0
            && number.compareTo(BigInteger.valueOf(max).min(MOST)) <= 0;
    if (!fits) {
      throw new Unfit("a whole number from " + min + " to " + max, Unfit.quoted(text), null);
    }
    return number;
  }

  private static Double number(JsonNode value, String text) {
    require(value.isNumber(), Simple.NUMBER, value, text);
    double number = value.asDouble(Double.NaN);
    if (!Double.isFinite(number)) {
      throw new Unfit("a finite number", Unfit.quoted(text), null);
    }
    return number;
  }

  private static Duration duration(JsonNode value, String text, Map<String, Duration> timeouts) {
    String takes = words(Simple.DURATION);
    if (!value.isString()) {
      throw new Unfit(takes, shown(value, text), Durations.EXAMPLES);
    }
    try {
      Duration duration = Durations.parse(text, timeouts);
      if (duration.isNegative()) {
        throw new Unfit("a duration of 0s or more", Unfit.quoted(text), null);
      }
      return duration;
    } catch (IllegalArgumentException e) {
      String hint =
          Suggestions.nearest(text, timeouts.keySet())
              .map(Values::didYouMean)
              .orElse(Durations.EXAMPLES);
      throw new Unfit(takes, Unfit.quoted(text), hint);
    }
  }

  private static Path path(String text) {
    try {
      if (text.isEmpty()) {
        throw new Unfit("a path", "an empty text", "write `.` for the workflow's folder");
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Unfit("a path", Unfit.quoted(text) + ": " + e.getReason(), null);
    }
  }

  private static LocalDate date(JsonNode value, String text) {
    require(value.isString(), Simple.DATE, value, text);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Unfit(words(Simple.DATE), Unfit.quoted(text), null);
    }
  }

  private static FieldPath fieldPath(String text) {
    try {
      return FieldPath.of(text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      Matcher place = CHARACTER.matcher(message);
      boolean found = place.find();
      throw new Unfit(
          "a field's path such as customer.name",
          Unfit.quoted(text) + ": " + (found ? place.group(2) : message),
          null,
          found ? Integer.parseInt(place.group(1)) - 1 : -1);
    }
  }

  private static void require(boolean fits, Simple type, JsonNode value, String text) {
    if (!fits) {
      throw unfit(type, value, text);
    }
  }

  private static Unfit unfit(Simple type, JsonNode value, String text) {
    return new Unfit(words(type), shown(value, text), hint(type, value, text));
  }

  private static @Nullable String hint(Simple type, JsonNode value, String text) {
    if (!value.isString()) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> isTruth(text) ? "YAML 1.2 knows only true and false, without quotes" : null;
      case INTEGER, LONG, NUMBER ->
          text.matches("[+-]?\\d{1,40}(\\.\\d{1,40})?")
              ? "leave the quotes out; in an expression, int(...) and double(...) make numbers"
              : null;
      default -> null;
    };
  }

  private static boolean isTruth(String text) {
    return text.matches("(?i)true|false|yes|no|on|off|y|n");
  }

  /** What a value is, for messages. */
  static String shown(JsonNode value, String text) {
    if (value.isObject()) {
      return "a map";
    }
    if (value.isArray()) {
      return "a list";
    }
    if (value.isNull()) {
      return "null";
    }
    return value.isString() && !text.isEmpty()
        ? "the text " + Unfit.quoted(text)
        : Unfit.quoted(text);
  }

  /** What an option takes, in words that follow "takes". */
  static String words(OptionType type) {
    return switch (type) {
      case Choice choice -> "one of " + String.join(", ", names(choice));
      case ListOf list -> "a list, each item " + words(list.element());
      case MapOf map -> "a map, each value " + words(map.value());
      case Nested nested ->
          "a map of "
              + String.join(", ", nested.options().stream().map(OptionDeclaration::name).toList());
      case Simple simple ->
          switch (simple) {
            case STRING, TEMPLATE -> "text";
            case BOOLEAN -> "true or false";
            case INTEGER, LONG -> "a whole number";
            case NUMBER -> "a number";
            case DURATION -> "a duration";
            case PATH -> "a path";
            case DATE -> "a date such as 2026-11-20";
            case JSON -> "any value";
            case FIELD_PATH -> "a field's path";
            case EXPRESSION -> "an expression";
            case RECORDS -> "the id of a step";
          };
    };
  }

  /** What an expression gives, in words that follow "gives". */
  static String words(Type type) {
    return switch (type) {
      case Type.ListOf list -> "a list";
      case Type.MapOf map -> "a map";
      case Type.Fields fields -> "a map";
      case Type.Simple simple ->
          switch (simple) {
            case ANY -> "any value";
            case NULL -> "null";
            case BOOL -> "true or false";
            case INT -> "a whole number";
            case DOUBLE -> "a number";
            case STRING -> "text";
            case BYTES -> "bytes";
            case TIMESTAMP -> "a time";
            case DURATION -> "a duration";
          };
    };
  }

  /** What to do about an expression that gives something else. */
  static String[] hints(Type given, OptionType type) {
    boolean number = type == Simple.INTEGER || type == Simple.LONG || type == Simple.NUMBER;
    return given == Type.STRING && number
        ? new String[] {"int(...) makes a whole number of text, double(...) any number"}
        : new String[0];
  }

  /** Whether an expression that gives this may fit; what is only known in the run may. */
  static boolean fits(Type given, OptionType type) {
    if (given == Type.ANY || type == Simple.JSON) {
      return true;
    }
    return switch (type) {
      case ListOf list ->
          given instanceof Type.ListOf items
              ? fits(items.element(), list.element())
              : fits(given, list.element());
      case MapOf map ->
          switch (given) {
            case Type.MapOf values -> fits(values.value(), map.value());
            case Type.Fields fields ->
                fields.fields().values().stream().allMatch(one -> fits(one, map.value()));
            default -> false;
          };
      case Nested nested -> given instanceof Type.MapOf || given instanceof Type.Fields;
      case Choice choice -> given == Type.STRING;
      case Simple simple -> given instanceof Type.Simple single && fits(single, simple);
    };
  }

  private static boolean fits(Type.Simple given, Simple type) {
    return switch (type) {
      case STRING, TEMPLATE -> given != Type.NULL && given != Type.BYTES;
      case BOOLEAN -> given == Type.BOOL;
      case INTEGER, LONG -> given == Type.INT;
      case NUMBER -> given == Type.INT || given == Type.DOUBLE;
      case DURATION -> given == Type.DURATION || given == Type.STRING;
      case PATH, FIELD_PATH, DATE -> given == Type.STRING;
      case JSON -> true;
      case EXPRESSION, RECORDS -> false;
    };
  }
}
