package dev.nightjar.plugin.json;

import com.google.re2j.Pattern;
import dev.nightjar.plugin.json.PlainObject.ByPattern;
import dev.nightjar.plugin.json.PlainSchema.Combination;
import dev.nightjar.plugin.json.PlainSchema.Limit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles JSON Schemas of plain keywords: those whose verdict on a value depends on nothing but
 * the value. One with anything else in it, or of a kind that the library judges in a way of its
 * own, is left to the library as a whole.
 */
final class PlainCompiler {

  /** Keywords that say nothing about validity. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "$comment",
          "$defs",
          "definitions");

  private static final List<String> LIMITS =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private static final Map<String, Integer> TYPES =
      Map.of(
          "null", PlainSchema.NULL,
          "boolean", PlainSchema.BOOLEAN,
          "object", PlainSchema.OBJECT,
          "array", PlainSchema.ARRAY,
          "string", PlainSchema.STRING,
          "integer", PlainSchema.INTEGER,
          "number", PlainSchema.NUMBER);

  /** Says that a schema is not plain. */
  private static final class NotPlain extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NotPlain(String what) {
      super(what);
    }
  }

  private final JsonNode root;
  private final PlainDialect dialect;
  private final boolean formats;
  private final IdentityHashMap<JsonNode, PlainSchema> compiled = new IdentityHashMap<>();

  private PlainCompiler(JsonNode root, PlainDialect dialect, boolean formats) {
    this.root = root;
    this.dialect = dialect;
    this.formats = formats;
  }

  /**
   * Compiles a schema that the library has found valid.
   *
   * @param root as {@link CheckedTree} makes it
   * @param formats whether they are checked
   * @return null when it is not plain
   */
  static @Nullable PlainSchema compile(JsonNode root, boolean formats) {
    var dialect = PlainDialect.of(root);
    if (dialect == null || hasIdBelow(root)) {
      return null;
    }
    try {
      return new PlainCompiler(root, dialect, formats).schema(root);
    } catch (IllegalArgumentException e) {
      // Not plain, or of a pattern that means something else to the library.
      return null;
    }
  }

  /** Whether part of it may be a schema by itself, which changes what references lead to. */
  private static boolean hasIdBelow(JsonNode node) {
    for (JsonNode child : node) {
      if (child.has("$id") || child.has("$schema") || hasIdBelow(child)) {
        return true;
      }
    }
    return false;
  }

  private PlainSchema schema(JsonNode node) {
    PlainSchema known = compiled.get(node);
    if (known == null) {
      known = new PlainSchema();
      if (!node.isBoolean()) {
        // The two nodes of true and false are shared by all.
        compiled.put(node, known);
      }
      fill(known, node);
    }
    return known;
  }

  private void fill(PlainSchema schema, JsonNode node) {
    if (node.isBoolean()) {
      schema.types = node.asBoolean() ? PlainSchema.ANY : 0;
      schema.anything = node.asBoolean();
      return;
    }
    require(node.isObject(), "no schema");
    schema.steps = 1 + node.size();
    if (dialect.refStandsAlone() && node.has("$ref")) {
      schema.combination =
          new Combination(List.of(reference(node.get("$ref"))), List.of(), List.of(), List.of());
      return;
    }
    node.propertyNames().forEach(this::requireKnown);
    schema.types = types(node);
    schema.values = values(node);
    schema.numbers = numbers(node);
    schema.strings = strings(node);
    schema.arrays = arrays(node);
    schema.objects = objects(node);
    schema.combination = combination(node);
    schema.anything = ANNOTATIONS.containsAll(node.propertyNames());
  }

  private void requireKnown(String keyword) {
    boolean known =
        switch (keyword) {
          // At the root alone, as we know by now.
          case "$schema", "$id" -> true;
          case "format" -> !formats;
          default -> ANNOTATIONS.contains(keyword) || dialect.isPlain(keyword);
        };
    require(known, keyword);
  }

  private static int types(JsonNode node) {
    JsonNode type = node.path("type");
    if (type.isMissingNode()) {
      return PlainSchema.ANY;
    }
    int types = 0;
    boolean integer = false;
    for (JsonNode each : type.isArray() ? type : List.of(type)) {
      int bit = TYPES.getOrDefault(each.asString(), 0);
      require(bit != 0, "type");
      types |= bit;
      integer |= bit == PlainSchema.INTEGER;
    }
    boolean number = (types & PlainSchema.FRACTION) != 0;
    // Then the library compares the whole part of a fraction with a limit.
    require(!(integer && number && LIMITS.stream().anyMatch(node::has)), "limits");
    return types;
  }

  private static PlainSchema.@Nullable Values values(JsonNode node) {
    if (!node.has("enum") && !node.has("const")) {
      return null;
    }
    require(!(node.has("enum") && node.has("const")), "enum and const");
    var strings = new HashSet<String>();
    var numbers = new ArrayList<BigDecimal>();
    int types = 0;
    boolean containers = false;
    for (JsonNode value : node.has("enum") ? node.get("enum") : List.of(node.get("const"))) {
      switch (value.getNodeType()) {
        case STRING -> strings.add(value.asString());
        case NUMBER -> numbers.add(decimal(value));
        case BOOLEAN ->
            types |= value.asBoolean() ? PlainSchema.Values.TRUE : PlainSchema.Values.FALSE;
        case NULL -> types |= PlainSchema.NULL;
        default -> containers = true;
      }
    }
    return new PlainSchema.Values(strings, numbers, types, containers);
  }

  private static PlainSchema.@Nullable Numbers numbers(JsonNode node) {
    var limits = new ArrayList<Limit>();
    for (String keyword : LIMITS) {
      if (node.has(keyword)) {
        BigDecimal value = decimal(node.get(keyword));
        Long whole = node.get(keyword).canConvertToExactIntegral() ? exactLong(value) : null;
        boolean upper = keyword.endsWith("aximum");
        limits.add(new Limit(value, upper, keyword.startsWith("exclusive"), whole));
      }
    }
    var divisors = new ArrayList<BigDecimal>();
    if (node.has("multipleOf")) {
      BigDecimal divisor = decimal(node.get("multipleOf"));
      require(divisor.signum() > 0, "multipleOf");
      divisors.add(divisor);
    }
    return limits.isEmpty() && divisors.isEmpty()
        ? null
        : new PlainSchema.Numbers(limits, divisors);
  }

  private static @Nullable Long exactLong(BigDecimal value) {
    return value.precision() - value.scale() <= 18 ? value.longValueExact() : null;
  }

  /** As large and as exact as the library sees it, whatever it does with it. */
  private static BigDecimal decimal(JsonNode node) {
    require(node.isNumber(), "no number");
    BigDecimal value = node.decimalValue();
    require(value.precision() <= 100 && Math.abs(value.scale()) <= 100, "a large number");
    return value;
  }

  private static PlainSchema.@Nullable Strings strings(JsonNode node) {
    int least = count(node, "minLength", 0);
    int most = count(node, "maxLength", Integer.MAX_VALUE);
    JsonNode pattern = node.path("pattern");
    Pattern regex = pattern.isString() ? EcmaPattern.compile(pattern.asString()) : null;
    require(regex != null || pattern.isMissingNode(), "pattern");
    return least == 0 && most == Integer.MAX_VALUE && regex == null
        ? null
        : new PlainSchema.Strings(least, most, regex, BytePattern.of(pattern.asString("")));
  }

  private static int count(JsonNode node, String keyword, int otherwise) {
    JsonNode count = node.path(keyword);
    if (count.isMissingNode()) {
      return otherwise;
    }
    require(count.isInt() && count.asInt() >= 0, keyword);
    return count.asInt();
  }

  private PlainSchema.@Nullable Arrays arrays(JsonNode node) {
    List<PlainSchema> first = list(node.path(dialect.tuples(node)));
    PlainSchema rest = part(node, dialect.rest(node));
    int least = count(node, "minItems", 0);
    int most = count(node, "maxItems", Integer.MAX_VALUE);
    boolean unique = node.path("uniqueItems").asBoolean(false);
    boolean any = first.isEmpty() && rest.anything && least == 0 && most == Integer.MAX_VALUE;
    return any && !unique ? null : new PlainSchema.Arrays(first, rest, least, most, unique);
  }

  private @Nullable PlainObject objects(JsonNode node) {
    var required = new LinkedHashSet<String>();
    node.path("required").forEach(name -> required.add(name.asString()));
    var patterns = new ArrayList<ByPattern>();
    for (var each : node.path("patternProperties").properties()) {
      patterns.add(new ByPattern(EcmaPattern.compile(each.getKey()), schema(each.getValue())));
    }
    PlainSchema additional = part(node, "additionalProperties");
    int least = count(node, "minProperties", 0);
    int most = count(node, "maxProperties", Integer.MAX_VALUE);
    var properties = node.path("properties").properties();
    var known = new LinkedHashMap<String, PlainSchema>();
    properties.forEach(
        each -> known.put(each.getKey(), member(each.getKey(), schema(each.getValue()), patterns)));
    for (String name : required) {
      known.computeIfAbsent(name, other -> unlisted(other, patterns, additional));
    }
    boolean any = known.isEmpty() && patterns.isEmpty() && additional.anything;
    return any && least == 0 && most == Integer.MAX_VALUE
        ? null
        : new PlainObject(known, required, patterns, additional, least, most);
  }

  private static PlainSchema unlisted(
      String name, List<ByPattern> patterns, PlainSchema additional) {
    boolean matched = patterns.stream().anyMatch(each -> each.name().matcher(name).find());
    return matched ? member(name, anything(), patterns) : additional;
  }

  /** The schema of a member with those of the patterns that its name matches. */
  private static PlainSchema member(String name, PlainSchema schema, List<ByPattern> patterns) {
    var all = new ArrayList<PlainSchema>();
    all.add(schema);
    for (ByPattern each : patterns) {
      if (each.name().matcher(name).find()) {
        all.add(each.schema());
      }
    }
    if (all.size() == 1) {
      return schema;
    }
    var both = new PlainSchema();
    both.combination = new Combination(all, List.of(), List.of(), List.of());
    return both;
  }

  private @Nullable Combination combination(JsonNode node) {
    var all = new ArrayList<>(list(node.path("allOf")));
    if (node.has("$ref")) {
      all.add(reference(node.get("$ref")));
    }
    List<PlainSchema> none = node.has("not") ? List.of(schema(node.get("not"))) : List.of();
    var found = new Combination(all, list(node.path("anyOf")), list(node.path("oneOf")), none);
    return found.equals(new Combination(List.of(), List.of(), List.of(), List.of())) ? null : found;
  }

  private List<PlainSchema> list(JsonNode schemas) {
    var list = new ArrayList<PlainSchema>();
    schemas.forEach(each -> list.add(schema(each)));
    return list;
  }

  private PlainSchema part(JsonNode node, String keyword) {
    return node.has(keyword) ? schema(node.get(keyword)) : anything();
  }

  private static PlainSchema anything() {
    var any = new PlainSchema();
    any.anything = true;
    return any;
  }

  /** The schema at {@code #/$defs/name} or the like. */
  private PlainSchema reference(JsonNode reference) {
    String text = reference.asString("");
    require(text.equals("#") || text.startsWith("#/"), "$ref");
    JsonNode found = root;
    for (String name :
        text.equals("#") ? List.<String>of() : List.of(text.substring(2).split("/", -1))) {
      require(name.matches("[A-Za-z_$][A-Za-z0-9_$.-]*") && found.isObject(), "$ref");
      found = found.path(name);
    }
    return schema(found);
  }

  private static void require(boolean plain, String what) {
    if (!plain) {
      throw new NotPlain(what);
    }
  }
}
