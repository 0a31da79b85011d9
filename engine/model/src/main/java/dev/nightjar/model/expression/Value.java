package dev.nightjar.model.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The values of expressions. Inside they are Boolean, Long, Double, String, BinaryNode, Instant,
 * Duration, a List or Map of values, an ObjectNode or the NullNode; at the border JsonNodes.
 */
final class Value {

  /** Levels inside each other that are compared or written: as many as a JSON reader takes. */
  private static final int NESTING = 1_000;

  private Value() {}

  /** The value of what a {@link Node} gave. */
  static Object of(Object raw) {
    if (!(raw instanceof JsonNode node)) {
      return raw;
    }
    return switch (node.getNodeType()) {
      case STRING -> node.stringValue();
      case NUMBER -> number(node);
      case BOOLEAN -> node.booleanValue();
      case ARRAY -> new JsonList((ArrayNode) node);
      case OBJECT, BINARY, NULL -> node;
      case MISSING -> throw new EvaluationException("a value is missing");
      case POJO -> throw new EvaluationException("the value is no JSON");
    };
  }

  private static Object number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    OptionalDouble real = node.doubleValueOpt();
    if (real.isEmpty()) {
      throw new EvaluationException("a number is too large to compute with");
    }
    return real.getAsDouble();
  }

  /** A JSON array as a list, its elements as they came. */
  private static final class JsonList extends AbstractList<Object> implements RandomAccess {

    private final ArrayNode array;

    JsonList(ArrayNode array) {
      this.array = array;
    }

    @Override
    public Object get(int index) {
      return array.get(index);
    }

    @Override
    public int size() {
      return array.size();
    }
  }

  /** The value as JSON: times and durations as strings, keys too. */
  static JsonNode json(Object raw) {
    return json(raw, 0);
  }

  private static JsonNode json(Object raw, int level) {
    if (level > NESTING) {
      throw new EvaluationException("the value is nested too deeply");
    }
    return switch (raw) {
      case JsonNode node -> node;
      case Boolean truth -> BooleanNode.valueOf(truth);
      case Long whole -> LongNode.valueOf(whole);
      case Double real -> DoubleNode.valueOf(finite(real));
      case String text -> StringNode.valueOf(text);
      case JsonList list -> list.array;
      case List<?> list -> array(list, level);
      case Map<?, ?> map -> object(map, level);
      default -> StringNode.valueOf(TimeFunctions.text(raw));
    };
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new EvaluationException("the value is " + value + ", which JSON cannot hold");
    }
    return value;
  }

  private static ArrayNode array(List<?> list, int level) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
    for (Object element : list) {
      array.add(json(element, level + 1));
    }
    return array;
  }

  private static ObjectNode object(Map<?, ?> map, int level) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    map.forEach((key, value) -> object.set(String.valueOf(key), json(value, level + 1)));
    return object;
  }

  /** A map's key in the one form it is looked up by: 1.0 is 1. */
  static Object key(Object value) {
    if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 0x1p63) {
      return real.longValue();
    }
    return value;
  }

  /** {@code container[key]}; null when there is no such element. */
  static @Nullable Object element(Object container, Object key) {
    Object found = key(key);
    return switch (container) {
      case List<?> list when found instanceof Long index ->
          index >= 0 && index < list.size() ? list.get(index.intValue()) : null;
      case ObjectNode object when isKey(found) ->
          found instanceof String name ? object.get(name) : null;
      case Map<?, ?> map when isKey(found) -> map.get(found);
      default ->
          throw new EvaluationException(
              Types.article(container) + " has no elements by " + Types.name(key));
    };
  }

  static boolean isKey(Object value) {
    return value instanceof String || value instanceof Long || value instanceof Boolean;
  }

  /** Equality as in CEL: numbers by what they are worth, values of different types never. */
  static boolean same(Object one, Object other) {
    return same(of(one), of(other), 0);
  }

  private static boolean same(Object one, Object other, int level) {
    if (level > NESTING) {
      throw new EvaluationException("the value is nested too deeply");
    }
    return switch (one) {
      case Number number when other instanceof Number second -> sameNumbers(number, second);
      case List<?> list when other instanceof List<?> second -> sameLists(list, second, level);
      case NullNode nothing -> other instanceof NullNode;
      case BinaryNode bytes -> bytes.equals(other);
      case ObjectNode object when isMap(other) -> sameMaps(entries(object), other, level);
      case Map<?, ?> map when isMap(other) -> sameMaps(map, other, level);
      default -> one.equals(other);
    };
  }

  private static boolean isMap(Object value) {
    return value instanceof ObjectNode || value instanceof Map<?, ?>;
  }

  static int size(Object map) {
    return map instanceof ObjectNode object ? object.size() : ((Map<?, ?>) map).size();
  }

  private static Map<String, Object> entries(ObjectNode object) {
    Map<String, Object> entries = new HashMap<>();
    object.forEachEntry(entries::put);
    return entries;
  }

  private static boolean sameLists(List<?> one, List<?> other, int level) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = same(of(one.get(i)), of(other.get(i)), level + 1);
    }
    return same;
  }

  private static boolean sameMaps(Map<?, ?> one, Object other, int level) {
    if (one.size() != size(other)) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Object second = element(other, Objects.requireNonNull(entry.getKey()));
      if (second == null
          || !same(of(Objects.requireNonNull(entry.getValue())), of(second), level + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumbers(Number one, Number other) {
    if (isNan(one) || isNan(other)) {
      return false;
    }
    return compareNumbers(one, other) == 0;
  }

  private static boolean isNan(Number number) {
    return number instanceof Double real && real.isNaN();
  }

  /**
   * Order as in CEL.
   *
   * @throws EvaluationException when the two have none
   */
  static int compare(Object one, Object other) {
    return switch (one) {
      case Number number when other instanceof Number second -> compareNumbers(number, second);
      case String text when other instanceof String second -> compareTexts(text, second);
      case Boolean truth when other instanceof Boolean second -> truth.compareTo(second);
      case Instant time when other instanceof Instant second -> time.compareTo(second);
      case Duration time when other instanceof Duration second -> time.compareTo(second);
      case BinaryNode bytes when other instanceof BinaryNode second ->
          Arrays.compareUnsigned(bytes.binaryValue(), second.binaryValue());
      default ->
          throw new EvaluationException(
              Types.article(one) + " has no order with " + Types.article(other));
    };
  }

  /** Neither is NaN. Exact, where turning the whole number into a double would round it. */
  private static int compareNumbers(Number one, Number other) {
    if (one instanceof Long whole) {
      return other instanceof Long second
          ? whole.compareTo(second)
          : -compareMixed(other.doubleValue(), whole);
    }
    double real = one.doubleValue();
    if (other instanceof Long whole) {
      return compareMixed(real, whole);
    }
    double second = other.doubleValue();
    return real == second ? 0 : Double.compare(real, second);
  }

  private static int compareMixed(double real, long whole) {
    if (real >= 0x1p63) {
      return 1;
    }
    if (real < -0x1p63) {
      return -1;
    }
    int order = Long.compare((long) real, whole);
    return order != 0 ? order : Double.compare(real - (long) real, 0.0);
  }

  /** By code points, as UTF-8 sorts. */
  private static int compareTexts(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean bothPairs = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothPairs ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
