package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Changes fields in bytes that {@link JsonScanner} has accepted, and copies all other bytes as they
 * are. The result is null where nothing changes.
 */
final class JsonEdit {

  private final RecordBytes record;
  private final byte[] in;
  private final int from;
  private final int end;
  private final FieldPath path;
  private final List<Part> parts;
  private final JsonFields fields;
  private final JsonWriter out;
  // What lies before this index is in `out`, as it was or changed.
  private int copied;
  private boolean changed;

  /** A change of a record's JSON value. */
  JsonEdit(RecordBytes record, FieldPath path) {
    this.record = record;
    this.in = record.array;
    this.from = record.offset;
    this.end = record.end();
    this.path = path;
    this.parts = path.parts();
    this.fields = new JsonFields(in, end, path);
    this.out = new JsonWriter(end - from + 32);
    this.copied = from;
  }

  @Nullable JsonWriter set(JsonNode value) {
    set(fields.space(from), 0, JsonWriter.write(value, parts.size()));
    return result();
  }

  @Nullable JsonWriter map(UnaryOperator<JsonNode> change) {
    find((start, after) -> {
      JsonNode old = JsonReader.read(in, start, after);
      JsonNode changed = change.apply(old);
      if (!isSame(old, changed)) {
        replace(start, after, JsonWriter.write(changed, parts.size()));
      }
    });
    return result();
  }

  @Nullable JsonWriter mapText(UnaryOperator<String> change) {
    find((start, after) -> mapText(start, after, change));
    return result();
  }

  private void mapText(int start, int after, UnaryOperator<String> change) {
    if (in[start] == 'n') {
      return;
    }
    if (in[start] != '"') {
      throw new Rejected("a string is expected, not " + named(JsonFields.type(in[start])));
    }
    String old = JsonReader.text(in, start + 1, after - 1);
    String changed = change.apply(old);
    if (!changed.equals(old)) {
      copyTo(start);
      out.string(changed);
      copied = after;
    }
  }

  private static String named(JsonNodeType type) {
    String name = type.name().toLowerCase(Locale.ROOT);
    return switch (type) {
      case OBJECT, ARRAY -> "an " + name;
      default -> "a " + name;
    };
  }

  private void find(JsonFields.Found found) {
    if (path.leadsToMany()) {
      fields.find(from, found);
      return;
    }
    long range = record.range(path);
    if (range != JsonRange.NONE) {
      found.at(JsonRange.start(range), JsonRange.end(range));
    }
  }

  /** A number written otherwise equals the old one and is yet a change; a string is not. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(JsonNode old, JsonNode changed) {
    return changed == old || (changed.isString() && changed.equals(old));
  }

  @Nullable JsonWriter remove() {
    remove(fields.space(from), 0);
    return result();
  }

  private void set(int at, int part, byte[] value) {
    if (part == parts.size()) {
      replace(at, fields.skip(at), value);
      return;
    }
    switch (parts.get(part)) {
      case Part.Key key -> {
        require('{', "object", at, part);
        int found = fields.step(at, key);
        if (found >= 0) {
          set(found, part + 1, value);
        } else {
          add(at, part, value);
        }
      }
      case Part.Index index -> {
        require('[', "array", at, part);
        int found = fields.step(at, index);
        if (found < 0) {
          throw cannotSet(way(part) + " has no element " + index.index());
        }
        set(found, part + 1, value);
      }
      case Part.Every every -> {
        require('[', "array", at, part);
        fields.elements(at, element -> set(element, part + 1, value));
      }
    }
  }

  private void require(char bracket, String container, int at, int part) {
    if (in[at] != bracket) {
      throw cannotSet(way(part) + " is no " + container);
    }
  }

  private Rejected cannotSet(String reason) {
    return new Rejected("cannot set `" + path + "`: " + reason);
  }

  /** The first parts of the path, for messages. */
  private String way(int length) {
    if (length == 0) {
      return "the record";
    }
    var way = new StringBuilder();
    for (Part part : parts.subList(0, length)) {
      switch (part) {
        case Part.Key key -> way.append(way.isEmpty() ? "" : ".").append(key.name());
        case Part.Index index -> way.append('[').append(index.index()).append(']');
        case Part.Every every -> way.append("[*]");
      }
    }
    return "`" + way + "`";
  }

  /** Puts a member at the end of an object, with the objects that the rest of the path asks for. */
  private void add(int object, int part, byte[] value) {
    for (int i = part + 1; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Every) {
        return;
      }
      if (parts.get(i) instanceof Part.Index) {
        throw cannotSet("there is no " + way(i));
      }
    }
    int last = fields.skip(object) - 1;
    while (in[last - 1] <= ' ' && in[last - 1] >= 0) {
      last--;
    }
    boolean empty = last - 1 == object;
    copyTo(last);
    for (int i = part; i < parts.size(); i++) {
      if (i > part) {
        out.raw('{');
      } else if (!empty) {
        out.raw(',');
      }
      out.string(((Part.Key) parts.get(i)).name());
      out.raw(':');
    }
    out.raw(value, 0, value.length);
    for (int i = part + 1; i < parts.size(); i++) {
      out.raw('}');
    }
  }

  private void remove(int at, int part) {
    Part next = parts.get(part);
    boolean fits = in[at] == (next instanceof Part.Key ? '{' : '[');
    if (!fits) {
      return;
    }
    if (part == parts.size() - 1) {
      removeFrom(at, next);
    } else if (next instanceof Part.Every) {
      fields.elements(at, element -> remove(element, part + 1));
    } else {
      int found = fields.step(at, next);
      if (found >= 0) {
        remove(found, part + 1);
      }
    }
  }

  /** Removes members or elements from one container, each with one of the commas around it. */
  private void removeFrom(int container, Part part) {
    int close = fields.skip(container) - 1;
    int keptEnd = -1;
    int goneStart = -1;
    int goneEnd = -1;
    int index = 0;
    int at = fields.space(container + 1);
    while (at < close) {
      int after = afterItem(at, part);
      if (isMeant(at, index, part)) {
        goneStart = goneStart < 0 ? at : goneStart;
        goneEnd = after;
      } else {
        if (goneStart >= 0) {
          replace(goneStart, at, new byte[0]);
          goneStart = -1;
        }
        keptEnd = after;
      }
      index++;
      at = fields.next(after);
    }
    if (goneStart >= 0) {
      replace(keptEnd >= 0 ? keptEnd : goneStart, goneEnd, new byte[0]);
    }
  }

  private int afterItem(int at, Part part) {
    int value = part instanceof Part.Key ? fields.space(fields.space(fields.skip(at)) + 1) : at;
    return fields.skip(value);
  }

  private boolean isMeant(int at, int index, Part part) {
    return switch (part) {
      case Part.Key key -> key.isSpelt(in, at + 1, fields.skip(at) - 1);
      case Part.Index wanted -> wanted.index() == index;
      case Part.Every every -> true;
    };
  }

  private void replace(int start, int after, byte[] value) {
    copyTo(start);
    out.raw(value, 0, value.length);
    copied = after;
  }

  private void copyTo(int index) {
    out.raw(in, copied, index);
    copied = index;
    changed = true;
  }

  private @Nullable JsonWriter result() {
    if (!changed) {
      return null;
    }
    copyTo(end);
    return out;
  }
}
