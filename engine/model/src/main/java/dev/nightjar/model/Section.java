package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A map of the language while it is read: hands out the values of keys, notes those of a wrong
 * type, and in the end those that nobody asked for. A key without a value is as good as absent.
 */
final class Section {

  private final YamlNode.Mapping map;
  private final Reading reading;
  private final Set<String> known = new LinkedHashSet<>();

  Section(YamlNode.Mapping map, Reading reading) {
    this.map = map;
    this.reading = reading;
  }

  /** The section that a value is; null, and noted, when it is none. */
  static @Nullable Section of(YamlNode node, String what, Reading reading) {
    if (node instanceof YamlNode.Mapping map) {
      return new Section(map, reading);
    }
    wrongType(node, what, "a map", reading.diagnostics());
    return null;
  }

  static void wrongType(YamlNode node, String what, String wanted, Diagnostics diagnostics) {
    diagnostics.error(
        Code.WRONG_TYPE,
        node.place(),
        what + " takes " + wanted + ", and this is " + described(node));
  }

  static String described(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping map -> "a map";
      case YamlNode.Sequence list -> "a list";
      case YamlNode.Scalar one when one.value().isString() -> "text";
      case YamlNode.Scalar one when one.value().isNull() -> "nothing";
      case YamlNode.Scalar one -> "`" + one.text() + "`";
    };
  }

  Place place() {
    return map.place();
  }

  YamlNode.Mapping map() {
    return map;
  }

  /** Where a key stands, or the section itself. */
  Place keyPlace(String key) {
    YamlNode.Entry entry = map.entries().get(key);
    return entry == null ? map.place() : entry.key().place();
  }

  boolean has(String key) {
    return value(key) != null;
  }

  /** The key's value, whatever it is. */
  @Nullable YamlNode value(String key) {
    known.add(key);
    YamlNode node = map.get(key);
    boolean nothing = node instanceof YamlNode.Scalar scalar && scalar.value().isNull();
    return nothing ? null : node;
  }

  /** The key's value; noted when there is none. */
  @Nullable YamlNode required(String key, String hint) {
    YamlNode node = value(key);
    if (node == null) {
      reading.error(Code.MISSING_KEY, keyPlace(key), "`" + key + "` is missing", hint);
    }
    return node;
  }

  YamlNode.@Nullable Scalar scalar(String key, String wanted) {
    YamlNode node = value(key);
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar;
    }
    wrongType(node, "`" + key + "`", wanted, reading.diagnostics());
    return null;
  }

  @Nullable String text(String key) {
    YamlNode.Scalar scalar = scalar(key, "text");
    return scalar == null ? null : scalar.text();
  }

  /** Text of a fixed form. */
  @Nullable String name(String key, Pattern form) {
    YamlNode.Scalar scalar = scalar(key, "a name");
    return scalar == null ? null : reading.name(scalar, form);
  }

  boolean bool(String key, boolean fallback) {
    YamlNode.Scalar scalar = scalar(key, "`true` or `false`");
    if (scalar == null) {
      return fallback;
    }
    if (scalar.value().isBoolean()) {
      return scalar.value().booleanValue();
    }
    wrongType(scalar, "`" + key + "`", "`true` or `false`", reading.diagnostics());
    return fallback;
  }

  /** A whole number of at least 1. */
  @Nullable Integer count(String key) {
    YamlNode.Scalar scalar = scalar(key, "a whole number");
    if (scalar == null) {
      return null;
    }
    if (!scalar.value().isIntegralNumber()) {
      wrongType(scalar, "`" + key + "`", "a whole number", reading.diagnostics());
      return null;
    }
    if (!scalar.value().canConvertToInt() || scalar.value().intValue() < 1) {
      reading.error(Code.BAD_VALUE, scalar.place(), "`" + key + "` is at least 1");
      return null;
    }
    return scalar.value().intValue();
  }

  @Nullable Duration duration(String key) {
    YamlNode.Scalar scalar = scalar(key, "a duration");
    return scalar == null ? null : reading.duration(scalar, "`" + key + "`");
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> @Nullable E word(String key, Class<E> type) {
    YamlNode.Scalar scalar = scalar(key, "a word");
    return scalar == null ? null : word(scalar, key, type);
  }

  <E extends Enum<E>> @Nullable E word(YamlNode.Scalar scalar, String key, Class<E> type) {
    var words = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    E found = words.get(scalar.text());
    if (found == null) {
      reading.error(
          Code.BAD_VALUE,
          scalar.place(),
          "`" + key + "` cannot be `" + scalar.text() + "`",
          Suggestions.hint(
              scalar.text(), words.keySet(), "it is one of " + Reading.list(words.keySet())));
    }
    return found;
  }

  @Nullable Section section(String key) {
    YamlNode node = value(key);
    return node == null ? null : of(node, "`" + key + "`", reading);
  }

  /** The items of a list; empty when absent. */
  List<YamlNode> items(String key) {
    YamlNode node = value(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof YamlNode.Sequence list) {
      return list.items();
    }
    wrongType(node, "`" + key + "`", "a list", reading.diagnostics());
    return List.of();
  }

  /** The names of a list; one alone stands for a list of one. */
  List<YamlNode.Scalar> names(String key) {
    YamlNode node = value(key);
    List<YamlNode> items =
        node instanceof YamlNode.Sequence list
            ? list.items()
            : node == null ? List.of() : List.of(node);
    var names = new ArrayList<YamlNode.Scalar>();
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Scalar scalar && !scalar.value().isNull()) {
        names.add(scalar);
      } else {
        wrongType(item, "`" + key + "`", "names", reading.diagnostics());
      }
    }
    return names;
  }

  /** Visits the entries of a map under a key. */
  void entries(String key, BiConsumer<YamlNode.Scalar, YamlNode> visitor) {
    Section section = section(key);
    if (section != null) {
      section.map.entries().values().forEach(entry -> visitor.accept(entry.key(), entry.value()));
    }
  }

  /** Notes that this key makes no sense beside another. */
  void refuse(String key, String message) {
    if (value(key) != null) {
      reading.error(Code.BAD_VALUE, keyPlace(key), message);
    }
  }

  /** Notes the keys that nobody asked for. */
  void finish(String what) {
    for (Map.Entry<String, YamlNode.Entry> entry : map.entries().entrySet()) {
      String key = entry.getKey();
      if (!known.contains(key)) {
        reading.error(
            Code.UNKNOWN_KEY,
            entry.getValue().key().place(),
            what + " has no key `" + key + "`",
            Suggestions.hint(key, known, "it has: " + Reading.list(known)));
      }
    }
  }
}
