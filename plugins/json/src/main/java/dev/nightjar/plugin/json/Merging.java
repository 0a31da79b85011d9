package dev.nightjar.plugin.json;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Merges objects by one set of rules; neither side is changed. */
record Merging(Merge.Mode mode, Merge.Arrays arrays, Merge.Prefer prefer) {

  /** Sets what the merge changes and leaves the record's other bytes as they are. */
  DataRecord into(DataRecord record, JsonNode merged) {
    return into(record, new ArrayList<>(), merged);
  }

  private DataRecord into(DataRecord record, List<Part> place, JsonNode merged) {
    var result = record;
    for (Map.Entry<String, JsonNode> member : merged.properties()) {
      place.add(new Part.Key(member.getKey()));
      var path = new FieldPath(text(place), List.copyOf(place));
      result = member(result, path, place, member.getValue());
      place.removeLast();
    }
    return result;
  }

  // The same node means that nothing changes; comparing values would take 1.0 for 1.00.
  @SuppressWarnings("ReferenceEquality")
  private DataRecord member(DataRecord record, FieldPath path, List<Part> place, JsonNode merged) {
    var own = record.at(path);
    if (own.isObject() && merged.isObject() && mode == Merge.Mode.DEEP) {
      return into(record, place, merged);
    }
    var both = own.isMissingNode() ? merged : both(own, merged);
    return both == own ? record : record.with(path, both);
  }

  /** The record with the members of an object in one of its fields, and without that field. */
  DataRecord lifted(DataRecord record, FieldPath field) {
    var merged = record.at(field);
    if (merged.isMissingNode() || merged.isNull()) {
      return record;
    }
    if (!merged.isObject()) {
      throw new Rejected(
          "field `" + field.text() + "`: an object is expected, not " + JsonType.named(merged));
    }
    var rest = record.without(field);
    var holder = holder(field);
    var own = holder == null ? rest.json() : rest.at(holder);
    if (!own.isObject()) {
      throw new Rejected("field `" + field.text() + "` does not lie in an object");
    }
    // By way of trees, not one splice a member: a record decides how many members there are.
    var both = objects((ObjectNode) own, (ObjectNode) merged);
    return holder == null ? rest.withJson(both) : rest.with(holder, both);
  }

  private JsonNode both(JsonNode own, JsonNode merged) {
    if (own instanceof ObjectNode a && merged instanceof ObjectNode b && mode == Merge.Mode.DEEP) {
      return objects(a, b);
    }
    if (own.isArray() && merged.isArray() && arrays == Merge.Arrays.APPEND) {
      var all = JsonNodeFactory.instance.arrayNode(own.size() + merged.size());
      own.forEach(all::add);
      merged.forEach(all::add);
      return all;
    }
    return prefer == Merge.Prefer.MERGED ? merged : own;
  }

  private ObjectNode objects(ObjectNode own, ObjectNode merged) {
    var result = JsonNodeFactory.instance.objectNode();
    own.forEachEntry(result::set);
    merged.forEachEntry((name, value) -> {
      var known = result.get(name);
      result.set(name, known == null ? value : both(known, value));
    });
    return result;
  }

  /** The path of what holds a field; null for the record itself. */
  private static @Nullable FieldPath holder(FieldPath field) {
    int length = field.parts().size() - 1;
    return length == 0 ? null : new FieldPath(field.text(), field.parts().subList(0, length));
  }

  private static String text(List<Part> place) {
    var text = new StringBuilder();
    for (Part part : place) {
      text.append(text.isEmpty() ? "" : ".").append(((Part.Key) part).name());
    }
    return text.toString();
  }
}
