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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** Fields that must be there, and the types of fields. */
record FieldChecks(List<Required> required, List<Typed> types) {

  /**
   * A field that must be there.
   *
   * @param typed its index among the types, where it is looked up anyway; -1 for none
   */
  record Required(FieldPath path, int typed) {}

  /**
   * The types that a field may have, if it is there.
   *
   * @param many whether the path leads to many: then each of them is checked
   * @param sure the types of JSON that fit, whatever the value is
   */
  record Typed(FieldPath path, boolean many, List<Type> allowed, Set<JsonNodeType> sure) {

    Typed(FieldPath path, List<Type> allowed) {
      this(path, path.parts().contains(new Part.Every()), allowed, sure(allowed));
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

    /** Checks the field of a record, where it has this type. */
    void check(DataRecord record, JsonNodeType type, Mistakes mistakes) {
      if (type != JsonNodeType.MISSING && (many || !sure.contains(type))) {
        check(record.at(path), mistakes);
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
        String expected = allowed.stream().map(Type::named).collect(Collectors.joining(" or "));
        mistakes.add("`" + path.text() + "`: " + expected + " is expected, not " + found(value));
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
    types.forEach((path, allowed) -> typed.add(new Typed(FieldPath.of(path), allowed)));
    return new FieldChecks(
        required.stream().map(path -> new Required(path, among(typed, path))).toList(), typed);
  }

  private static int among(List<Typed> types, FieldPath path) {
    for (int i = 0; i < types.size(); i++) {
      if (!types.get(i).many() && types.get(i).path().parts().equals(path.parts())) {
        return i;
      }
    }
    return -1;
  }

  void check(DataRecord record, Mistakes mistakes) {
    var found = new JsonNodeType[types.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = record.typeAt(types.get(i).path());
    }
    for (Required field : required) {
      boolean there =
          field.typed() < 0
              ? present(record, field.path())
              : found[field.typed()] != JsonNodeType.MISSING;
      if (!there) {
        mistakes.add("`" + field.path().text() + "` is missing");
      }
    }
    for (int i = 0; i < found.length; i++) {
      types.get(i).check(record, found[i], mistakes);
    }
  }

  private static boolean present(DataRecord record, FieldPath path) {
    int every = path.parts().indexOf(new Part.Every());
    if (every < 0) {
      return record.typeAt(path) != JsonNodeType.MISSING;
    }
    var array =
        every == 0
            ? record.json()
            : record.at(new FieldPath(path.text(), path.parts().subList(0, every)));
    return present(array, path.parts().subList(every, path.parts().size()));
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
