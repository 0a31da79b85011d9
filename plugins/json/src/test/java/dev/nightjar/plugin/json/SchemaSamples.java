package dev.nightjar.plugin.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plain schemas by chance, and values of which many are nearly valid. */
final class SchemaSamples {

  private static final String[] NAMES = {
    "a", "b", "c", "x-1", "", "é", "a\\\\b", "k\\\"\\uD83D\\uDE00"
  };

  /** Other ways to write some of the names, and others. */
  private static final String[] SPELLINGS = {"\\u0061", "\\u0062", "\\u00e9", "a\\b", "d", "x-2"};

  private static final String[] STRINGS = {
    "",
    "a",
    "ab",
    "abc",
    "\\u0061",
    "\\ud83d\\ude00",
    "😀",
    "é\\n",
    "\\\\\\\"",
    "1",
    "ü€x",
    "null",
    "\\uD83D\\uDE00z"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "0.0",
    "-0.0e5",
    "1",
    "1.0",
    "1e0",
    "10E-1",
    "2",
    "2.5",
    "-3",
    "-3.75",
    "1e2",
    "100",
    "0.01",
    "4.35",
    "9007199254740993",
    "9007199254740992",
    "9223372036854775807",
    "-9223372036854775808",
    "123456789012345678",
    "1234567890123456789",
    "12345678901234567890.5",
    "1e99",
    "1e-99",
    "5e400",
    "1e-400",
    "1e9999",
    "1e99999999",
    "0e99999999",
    "0.30000000000000004",
    "0.3"
  };
  private static final String[] LIMITS = {
    "0",
    "1",
    "2",
    "2.0",
    "2.5",
    "-3",
    "1e2",
    "9007199254740993",
    "0.3",
    "123456789012345678901",
    "1e400"
  };
  private static final String[] DIVISORS = {
    "1", "2", "0.01", "2.5", "1e2", "7", "1e-3", "9007199254740993"
  };
  private static final String[] PATTERNS = {
    "a", "^a", "b$", "^[a-z]+$", "^x-", "\\\\d", "^.{2}$", "^$"
  };
  private static final String[] TYPES = {
    "null", "boolean", "object", "array", "string", "integer", "number"
  };
  private static final String[] BLANKS = {"", "", "", " ", "\\n", "\t "};

  private final RandomGenerator chance;
  private final Map<String, Supplier<String>> keywords = new LinkedHashMap<>();
  private int depth;

  SchemaSamples(RandomGenerator chance) {
    this.chance = chance;
    keywords.put("type", this::types);
    keywords.put("enum", () -> list(1, 4, () -> value(1)));
    keywords.put("const", () -> value(1));
    keywords.put("minimum", () -> pick(LIMITS));
    keywords.put("maximum", () -> pick(LIMITS));
    keywords.put("exclusiveMinimum", () -> pick(LIMITS));
    keywords.put("exclusiveMaximum", () -> pick(LIMITS));
    keywords.put("multipleOf", () -> pick(DIVISORS));
    keywords.put("minLength", this::count);
    keywords.put("maxLength", this::count);
    keywords.put("pattern", () -> quoted(pick(PATTERNS)));
    keywords.put("items", this::schema);
    keywords.put("prefixItems", () -> list(1, 2, this::schema));
    keywords.put("minItems", this::count);
    keywords.put("maxItems", this::count);
    keywords.put("uniqueItems", () -> "true");
    keywords.put("properties", () -> members(NAMES, this::schema));
    keywords.put("patternProperties", () -> members(PATTERNS, this::schema));
    keywords.put("additionalProperties", this::schema);
    keywords.put("required", () -> "[" + names().collect(Collectors.joining(",")) + "]");
    keywords.put("minProperties", this::count);
    keywords.put("maxProperties", this::count);
    keywords.put("allOf", () -> list(1, 2, this::schema));
    keywords.put("anyOf", () -> list(1, 3, this::schema));
    keywords.put("oneOf", () -> list(1, 3, this::schema));
    keywords.put("not", this::schema);
    keywords.put("$ref", () -> quoted(chance.nextBoolean() ? "#/$defs/one" : "#/$defs/two"));
    keywords.put("title", () -> quoted("a title"));
    keywords.put("default", () -> value(1));
  }

  /** A whole schema, with definitions of which one refers to the whole, for inner values. */
  String document() {
    depth = 2;
    var definitions = new ArrayList<String>();
    for (String name : List.of("one", "two")) {
      definitions.add(
          quoted(name) + ":" + object(1, "type", "minimum", "maxLength", "required", "enum"));
    }
    definitions.add(
        "\"tree\":{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"items\":{\"$ref\":\"#\"}}");
    depth = 3;
    String body = object(4, keywords.keySet().toArray(String[]::new));
    String rest = body.equals("{}") ? "}" : "," + body.substring(1);
    return "{\"$defs\":{" + String.join(",", definitions) + "}" + rest;
  }

  private String schema() {
    if (depth == 0 || chance.nextInt(8) == 0) {
      return pick(
          new String[] {
            "true", "true", "false", "{}", "{\"type\":\"string\"}", "{\"$ref\":\"#/$defs/tree\"}"
          });
    }
    depth--;
    String schema = object(2, keywords.keySet().toArray(String[]::new));
    depth++;
    return schema;
  }

  /** Some of the keywords, each once; {@code enum} and {@code const} not both. */
  private String object(int most, String... from) {
    var found = new LinkedHashMap<String, String>();
    for (int n = chance.nextInt(most) + 1; n > 0; n--) {
      String keyword = pick(from);
      if (!found.containsKey(keyword)
          && !(keyword.equals("const") && found.containsKey("enum"))
          && !(keyword.equals("enum") && found.containsKey("const"))) {
        found.put(keyword, keywords.get(keyword).get());
      }
    }
    return found.entrySet().stream()
        .map(each -> quoted(each.getKey()) + ":" + each.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String types() {
    return chance.nextInt(3) > 0
        ? quoted(pick(TYPES))
        : IntStream.range(0, chance.nextInt(3) + 1)
            .mapToObj(i -> quoted(pick(TYPES)))
            .distinct()
            .collect(Collectors.joining(",", "[", "]"));
  }

  private String count() {
    return String.valueOf(chance.nextInt(4));
  }

  private String members(String[] names, Supplier<String> value) {
    return Arrays.stream(names)
        .filter(name -> chance.nextInt(4) == 0)
        .map(name -> quoted(name) + ":" + value.get())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private Stream<String> names() {
    return Arrays.stream(NAMES).filter(name -> chance.nextInt(4) == 0).map(SchemaSamples::quoted);
  }

  /** The text of a record. */
  String record() {
    return blank()
        + (chance.nextInt(3) == 0 ? value(3) : chance.nextInt(4) == 0 ? array(3) : members(3))
        + blank();
  }

  private String value(int levels) {
    return switch (chance.nextInt(levels > 0 ? 9 : 6)) {
      case 0 -> pick(new String[] {"null", "true", "false"});
      case 1, 2 -> pick(NUMBERS);
      case 3, 4 -> quoted(pick(STRINGS));
      case 5 -> pick(new String[] {"[]", "{}", "1", "\"a\""});
      case 6 -> array(levels);
      default -> members(levels);
    };
  }

  private String array(int levels) {
    return list(0, 4, () -> blank() + value(levels - 1) + blank());
  }

  private String members(int levels) {
    var members = new ArrayList<String>();
    for (int n = chance.nextInt(5); n > 0; n--) {
      String name = chance.nextInt(6) == 0 ? pick(SPELLINGS) : pick(NAMES);
      members.add(blank() + quoted(name) + blank() + ":" + blank() + value(levels - 1) + blank());
    }
    return "{" + String.join(",", members) + "}";
  }

  private String list(int least, int most, Supplier<String> element) {
    return IntStream.range(0, least + chance.nextInt(most - least + 1))
        .mapToObj(i -> element.get())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private String blank() {
    return pick(BLANKS).replace("\\n", "\n");
  }

  private String pick(String[] of) {
    return of[chance.nextInt(of.length)];
  }
}
