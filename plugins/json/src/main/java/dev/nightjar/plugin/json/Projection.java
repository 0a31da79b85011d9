package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.Rejected;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a new object of some fields of a record. No field lies inside another, so that what is
 * filled here is always new: the values taken from the record are shared and stay as they are.
 */
record Projection(List<FieldPath> fields, Map<String, FieldPath> as, Select.Missing missing) {

  ObjectNode of(DataRecord record) {
    var result = JsonNodeFactory.instance.objectNode();
    for (FieldPath field : fields) {
      keep(field, record, result);
    }
    as.forEach((name, path) -> put(result, name, record.at(path), path));
    return result;
  }

  /** Puts a field where it was. */
  private void keep(FieldPath field, DataRecord record, ObjectNode result) {
    int every = field.parts().indexOf(new Part.Every());
    int keys = every < 0 ? field.parts().size() : every;
    var value = record.at(prefix(field, keys));
    boolean there = every < 0 ? !value.isMissingNode() : value.isArray();
    if (!there && missing == Select.Missing.OMIT) {
      return;
    }
    var place = result;
    for (int i = 0; i < keys - 1; i++) {
      place = object(place, name(field, i));
    }
    String last = name(field, keys - 1);
    if (there && every >= 0) {
      keepInEvery(field, every + 1, value, array(place, last, value.size()));
    } else {
      place.set(last, there ? value : absent(field));
    }
  }

  /** Puts the rest of a path into every element that an array of the result has a place for. */
  private void keepInEvery(FieldPath field, int part, JsonNode source, ArrayNode result) {
    for (int i = 0; i < source.size(); i++) {
      result.set(i, keptOf(field, part, source.get(i), result.get(i)));
    }
  }

  /**
   * What is kept of a value.
   *
   * @param kept what other paths have kept of it already; null for nothing
   */
  private JsonNode keptOf(FieldPath field, int part, JsonNode source, JsonNode kept) {
    if (part == field.parts().size()) {
      return source;
    }
    if (field.parts().get(part) instanceof Part.Every) {
      if (!source.isArray()) {
        return absent(field);
      }
      var array = kept instanceof ArrayNode a ? a : nulls(source.size());
      keepInEvery(field, part + 1, source, array);
      return array;
    }
    var object = kept instanceof ObjectNode o ? o : JsonNodeFactory.instance.objectNode();
    String name = name(field, part);
    var value = source.path(name);
    if (value.isMissingNode()) {
      put(object, name, value, field);
    } else {
      var inner = keptOf(field, part + 1, value, object.path(name));
      object.set(name, inner);
    }
    return object;
  }

  private void put(ObjectNode object, String name, JsonNode value, FieldPath field) {
    if (!value.isMissingNode()) {
      object.set(name, value);
    } else if (missing != Select.Missing.OMIT) {
      object.set(name, absent(field));
    }
  }

  private JsonNode absent(FieldPath field) {
    if (missing == Select.Missing.REJECT) {
      throw new Rejected("field `" + field.text() + "` is missing");
    }
    return NullNode.getInstance();
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return in.get(name) instanceof ObjectNode known ? known : in.putObject(name);
  }

  private static ArrayNode array(ObjectNode in, String name, int size) {
    if (in.get(name) instanceof ArrayNode known && known.size() == size) {
      return known;
    }
    var array = nulls(size);
    in.set(name, array);
    return array;
  }

  private static ArrayNode nulls(int size) {
    var array = JsonNodeFactory.instance.arrayNode(size);
    for (int i = 0; i < size; i++) {
      array.addNull();
    }
    return array;
  }

  private static FieldPath prefix(FieldPath field, int length) {
    return length == field.parts().size()
        ? field
        : new FieldPath(field.text(), field.parts().subList(0, length));
  }

  private static String name(FieldPath field, int part) {
    return ((Part.Key) field.parts().get(part)).name();
  }
}
