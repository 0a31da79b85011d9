package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Fields that must be there, and the types of fields. */
record FieldChecks(List<FieldPath> required, List<Typed> types) {

  /** The types that a field may have, if it is there. */
  record Typed(FieldPath path, List<Type> allowed) {

    void check(JsonNode value, Mistakes mistakes) {
      if (!value.isMissingNode() && allowed.stream().noneMatch(type -> type.fits(value))) {
        String expected = allowed.stream().map(Type::named).collect(Collectors.joining(" or "));
        mistakes.add("`" + path.text() + "`: " + expected + " is expected, not " + found(value));
      }
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
    return new FieldChecks(required, typed);
  }

  void check(DataRecord record, Mistakes mistakes) {
    for (FieldPath path : required) {
      if (!present(record, path)) {
        mistakes.add("`" + path.text() + "` is missing");
      }
    }
    for (Typed typed : types) {
      var value = record.at(typed.path());
      if (typed.path().parts().contains(new Part.Every())) {
        value.forEach(element -> typed.check(element, mistakes));
      } else {
        typed.check(value, mistakes);
      }
    }
  }

  private static boolean present(DataRecord record, FieldPath path) {
    int every = path.parts().indexOf(new Part.Every());
    if (every < 0) {
      return !record.at(path).isMissingNode();
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
