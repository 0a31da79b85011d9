package dev.nightjar.model.expression;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.FieldPath;
import dev.nightjar.spi.FieldPath.Part;
import dev.nightjar.spi.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;

/**
 * A root name with constant keys behind it; fields of {@code record} are looked up by a scan.
 *
 * @param keys the keys, from the outside in
 * @param field the same where there are any
 */
record Path(String root, List<Part> keys, @Nullable FieldPath field) implements Node.Field {

  /** The name that stands for the record a processor looks at. */
  static final String RECORD = "record";

  static Path of(String root) {
    return new Path(root, List.of(), null);
  }

  Path then(Part part) {
    List<Part> parts = new ArrayList<>(keys);
    parts.add(part);
    String text = (field == null ? "" : field.text()) + shown(part, field == null);
    return new Path(root, List.copyOf(parts), new FieldPath(text, parts));
  }

  private static String shown(Part part, boolean first) {
    return switch (part) {
      case Part.Key key -> (first ? "" : ".") + shown(key.name());
      case Part.Index(int index) -> "[" + index + "]";
      case Part.Every() -> "[*]";
    };
  }

  private static String shown(String name) {
    return isName(name) ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && Lexer.isNameStart(name.charAt(0))
        && name.chars().allMatch(c -> Lexer.isNameStart((char) c) || Lexer.isDigit((char) c));
  }

  /** The root name and the keys up to the first index. */
  List<String> reference() {
    List<String> reference = new ArrayList<>(List.of(root));
    for (Part part : keys) {
      if (!(part instanceof Part.Key key)) {
        break;
      }
      reference.add(key.name());
    }
    return List.copyOf(reference);
  }

  @Override
  public Object evaluate(Frame frame) {
    JsonNode found = find(frame);
    if (found != null) {
      return found;
    }
    throw new EvaluationException(
        field == null
            ? "`" + root + "` has no value here"
            : root + " has no field " + field.text());
  }

  @Override
  public boolean present(Frame frame) {
    return find(frame) != null;
  }

  private @Nullable JsonNode find(Frame frame) {
    DataRecord record = frame.record();
    JsonNode found =
        record != null && root.equals(RECORD) ? in(record) : in(frame.scope().get(root));
    return found == null || found.isMissingNode() ? null : found;
  }

  private @Nullable JsonNode in(DataRecord record) {
    if (record.kind() == Kind.BYTES) {
      return field == null ? BinaryNode.valueOf(record.toBytes()) : null;
    }
    return field == null ? record.json() : record.at(field);
  }

  private @Nullable JsonNode in(@Nullable JsonNode value) {
    JsonNode found = value;
    for (int i = 0; found != null && i < keys.size(); i++) {
      found =
          switch (keys.get(i)) {
            case Part.Key key -> found.get(key.name());
            case Part.Index(int index) -> found.get(index);
            case Part.Every() -> null;
          };
    }
    return found;
  }
}
