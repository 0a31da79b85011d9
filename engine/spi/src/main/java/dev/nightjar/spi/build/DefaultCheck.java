package dev.nightjar.spi.build;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether the text of a {@code @Default} can become a value of the option's type. */
final class DefaultCheck {

  /** {@code 1h30m}, as in workflows. */
  private static final Pattern SPAN = Pattern.compile("(\\d+(\\.\\d+)?(ns|us|ms|s|m|h|d))+");

  /** The named timeouts that every workflow has. */
  private static final Pattern NAMED = Pattern.compile("T[1-5]");

  private DefaultCheck() {}

  /** What is wrong with it, or null. */
  static @Nullable String problem(String text, JsonNode type) {
    if (type.has("choice")) {
      return choiceProblem(text, type.get("choice"));
    }
    if (type.has("list")) {
      return listProblem(text, type.get("list"));
    }
    if (type.has("map") || type.has("nested")) {
      boolean map = text.startsWith("{") && text.endsWith("}");
      return map ? null : "the default `" + text + "` is no map, as {} is";
    }
    return simpleProblem(text, type.stringValue());
  }

  private static @Nullable String choiceProblem(String text, JsonNode constants) {
    List<String> names = constants.valueStream().map(one -> one.get("name").stringValue()).toList();
    return names.contains(text)
        ? null
        : "the default `" + text + "` is none of " + String.join(", ", names);
  }

  private static @Nullable String listProblem(String text, JsonNode element) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return "the default `" + text + "` is no list, as [] is";
    }
    if (!element.isString() && !element.has("choice")) {
      return null;
    }
    for (String item : items(text.substring(1, text.length() - 1))) {
      String problem = problem(item, element);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** What stands between commas; those in quotes do not count. */
  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    var item = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && c == ',') {
        items.add(item.toString().strip());
        item.setLength(0);
      } else if (quote == 0 && (c == '"' || c == '\'') && item.toString().isBlank()) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        item.append(c);
      }
    }
    if (!items.isEmpty() || !item.toString().isBlank()) {
      items.add(item.toString().strip());
    }
    return items;
  }

  private static @Nullable String simpleProblem(String text, String type) {
    boolean fits =
        switch (type) {
          case "boolean" -> text.equals("true") || text.equals("false");
          case "integer" -> isWhole(text, Integer.SIZE);
          case "long" -> isWhole(text, Long.SIZE);
          case "number" -> isNumber(text);
          case "duration" -> isDuration(text);
          case "date" -> isDate(text);
          case "expression", "field_path" -> !text.isBlank();
          case "records" -> false;
          default -> true;
        };
    return fits ? null : "the default `" + text + "` is no " + type.replace('_', ' ');
  }

  private static boolean isWhole(String text, int bits) {
    try {
      return new BigInteger(text).bitLength() < bits;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDuration(String text) {
    if (SPAN.matcher(text).matches() || NAMED.matcher(text).matches()) {
      return true;
    }
    try {
      return text.startsWith("P") && !Duration.parse(text).isNegative();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
