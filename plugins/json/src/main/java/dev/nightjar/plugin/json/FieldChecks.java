package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Fields that must be there, and the types of fields.
 *
 * @param untyped those of the required ones of which no type is asked for
 */
record FieldChecks(List<Required> required, List<Required> untyped, List<Typed> types) {

  /**
   * A field that must be there.
   *
   * @param array the path up to its first {@code [*]}; null when it has none, or begins with it
   * @param elements what is behind that in each element; null when there is none
   */
  record Required(FieldPath path, @Nullable FieldPath array, @Nullable List<Part> elements) {

    static Required of(FieldPath path) {
      List<Part> parts = path.parts();
      int every = parts.indexOf(new Part.Every());
      if (every < 0) {
        return new Required(path, null, null);
      }
      return new Required(
          path,
          every == 0 ? null : new FieldPath(path.text(), parts.subList(0, every)),
          parts.subList(every, parts.size()));
    }

    boolean isThere(DataRecord record) {
      if (elements == null) {
        return record.typeAt(path) != JsonNodeType.MISSING;
      }
      return present(array == null ? record.json() : record.at(array), elements);
    }
  }

  /**
   * The types that a field may have.
   *
   * @param many whether the path leads to many: then each of them is checked
   * @param sure the types of JSON that fit, whatever the value is; MISSING unless it must be there
   * @param named the allowed ones, in words
   */
  record Typed(
      FieldPath path, boolean many, List<Type> allowed, Set<JsonNodeType> sure, String named) {

    static Typed of(FieldPath path, List<Type> allowed, boolean required) {
      Set<JsonNodeType> sure = sure(allowed);
      if (!required) {
        sure.add(JsonNodeType.MISSING);
      }
      String named = allowed.stream().map(Type::named).collect(Collectors.joining(" or "));
      return new Typed(path, path.parts().contains(new Part.Every()), allowed, sure, named);
    }

    /**
     * Whether nothing is wrong with the field; makes its value only where its type is not enough.
     */
    boolean isFine(DataRecord record) {
      if (!many) {
        JsonNodeType type = record.typeAt(path);
        if (sure.contains(type)) {
          return true;
        }
        if (type == JsonNodeType.MISSING) {
          return false;
        }
      }
      JsonNode value = record.at(path);
      return many ? value.valueStream().allMatch(this::fits) : fits(value);
    }

    private static Set<JsonNodeType> sure(List<Type> allowed) {
      var sure = EnumSet.noneOf(JsonNodeType.class);
      for (Type type : allowed) {
        JsonNodeType json = type.json();
        if (json != null) {
          sure.add(json);
        }
      }
      return sure;
    }

    /** Checks the field of a record, if it is there. */
    void check(DataRecord record, Mistakes mistakes) {
      JsonNode value = record.at(path);
      if (!value.isMissingNode()) {
        check(value, mistakes);
      }
    }

    private void check(JsonNode value, Mistakes mistakes) {
      if (many) {
        value.forEach(element -> checkOne(element, mistakes));
      } else {
        checkOne(value, mistakes);
      }
    }

    private void checkOne(JsonNode value, Mistakes mistakes) {
      if (!fits(value)) {
        mistakes.add("`" + path.text() + "`: " + named + " is expected, not " + found(value));
      }
    }

    private boolean fits(JsonNode value) {
      for (Type type : allowed) {
        if (type.fits(value)) {
          return true;
        }
      }
      return false;
    }

    /** A string may be no date: then its type says nothing, but its text does. */
    private static String found(JsonNode value) {
      return value.isString() || value.isNumber()
          ? JsonType.named(value) + " (" + shortened(value.asString()) + ")"
          : JsonType.named(value);
    }

    private static String shortened(String text) {
      return text.length() <= 40 ? text : text.substring(0, 39) + "\u2026";
    }
  }

  static FieldChecks of(List<FieldPath> required, Map<String, List<Type>> types) {
    var typed = new ArrayList<Typed>();
    var untyped = new ArrayList<>(required);
    types.forEach((text, allowed) -> {
      FieldPath path = FieldPath.of(text);
      boolean many = path.parts().contains(new Part.Every());
      boolean must = !many && untyped.removeIf(one -> one.parts().equals(path.parts()));
      typed.add(Typed.of(path, allowed, must));
    });
    return new FieldChecks(
        required.stream().map(Required::of).toList(),
        untyped.stream().map(Required::of).toList(),
        typed);
  }

  /** Tells the fields that are missing first. */
  void check(DataRecord record, Mistakes mistakes) {
    if (isFine(record)) {
      return;
    }
    for (Required field : required) {
      if (!field.isThere(record)) {
        mistakes.add("`" + field.path().text() + "` is missing");
      }
    }
    for (Typed field : types) {
      if (!field.isFine(record)) {
        field.check(record, mistakes);
      }
    }
  }

  /** Whether nothing is wrong: so it is with nearly every record, and no words are needed. */
  private boolean isFine(DataRecord record) {
    for (Typed field : types) {
      if (!field.isFine(record)) {
        return false;
      }
    }
    for (Required field : untyped) {
      if (!field.isThere(record)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the rest of a path leads to a value, by every way there is. */
  private static boolean present(JsonNode value, List<Part> rest) {
    if (rest.isEmpty()) {
      return !value.isMissingNode();
    }
    var inner = rest.subList(1, rest.size());
    return switch (rest.get(0)) {
      case Part.Key key -> present(value.path(key.name()), inner);
      case Part.Index index -> present(value.path(index.index()), inner);
      case Part.Every every ->
          value.isArray() && value.valueStream().allMatch(element -> present(element, inner));
    };
  }
}
