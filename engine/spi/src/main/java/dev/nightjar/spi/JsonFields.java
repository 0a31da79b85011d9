package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Finds fields in bytes that {@link JsonScanner} has accepted; so it checks nothing. Of two members
 * with one name the last counts.
 */
final class JsonFields {

  /** Is told where a value starts and ends. */
  @FunctionalInterface
  interface Found {
    void at(int start, int end);
  }

  private final byte[] in;
  private final int end;
  private final FieldPath path;
  private final Part[] parts;

  /** Where the value begins that was sought. */
  private int from;

  JsonFields(byte[] in, int end, FieldPath path) {
    this.in = in;
    this.end = end;
    this.path = path;
    this.parts = path.steps();
  }

  /** The members of an object that a path leads into by name; null for others and large ones. */
  @Nullable JsonMembers members(int root) {
    int at = space(root);
    if (in[at] != '{' || path.keys().length == 0) {
      return null;
    }
    var members = new JsonMembers.Builder();
    note(at, 1, members);
    return members.members();
  }

  /** Notes the members of an object; the index after it. */
  private int note(int object, int level, JsonMembers.Builder members) {
    members.begin(level);
    int at = space(object + 1);
    while (in[at] != '}') {
      int afterName = skip(at);
      int value = space(space(afterName) + 1);
      members.add(level, at + 1, sign(at + 1, afterName - 1), value);
      boolean noted = in[value] == '{' && level < JsonMembers.LEVELS;
      int after = noted ? note(value, level + 1, members) : skip(value);
      members.endValue(level, after);
      at = next(after);
    }
    return at + 1;
  }

  private int sign(int name, int nameEnd) {
    int at = JsonScanner.special(in, name, nameEnd);
    return JsonMembers.sign(in, name, nameEnd, at == nameEnd);
  }

  /** All values that the path leads to, in an array. */
  JsonNode all(int root) {
    var all = JsonNodeFactory.instance.arrayNode();
    find(root, (start, after) -> all.add(JsonReader.read(in, start, after)));
    return all;
  }

  /** Goes to the one value that the path leads to; false when there is none. */
  boolean seek(int root) {
    return seek(space(root), 0);
  }

  /** As that, where it is known to which {@link JsonRange} the names lead that it begins with. */
  boolean seekBehindNames(long names) {
    return seek(JsonRange.start(names), path.keys().length);
  }

  private boolean seek(int start, int part) {
    from = start;
    for (int i = part; i < parts.length && from >= 0; i++) {
      from = step(from, parts[i]);
    }
    return from >= 0;
  }

  /** Where the value starts that was sought and is there. */
  int start() {
    return from;
  }

  /** The index after it. */
  int after() {
    return skip(from);
  }

  /** The type of a value by its first byte. */
  static JsonNodeType type(byte first) {
    return switch (first) {
      case '{' -> JsonNodeType.OBJECT;
      case '[' -> JsonNodeType.ARRAY;
      case '"' -> JsonNodeType.STRING;
      case 't', 'f' -> JsonNodeType.BOOLEAN;
      case 'n' -> JsonNodeType.NULL;
      default -> JsonNodeType.NUMBER;
    };
  }

  /** Calls for each value that the path leads to from the one at {@code root}, in their order. */
  void find(int root, Found found) {
    find(space(root), 0, found);
  }

  private void find(int value, int part, Found found) {
    int at = value;
    for (int i = part; i < parts.length && at >= 0; i++) {
      if (parts[i] instanceof Part.Every) {
        int inner = i + 1;
        elements(at, element -> find(element, inner, found));
        return;
      }
      at = step(at, parts[i]);
    }
    if (at >= 0) {
      found.at(at, skip(at));
    }
  }

  /** Where the value lies that one part leads to, or -1. */
  int step(int container, Part part) {
    return switch (part) {
      case Part.Key key -> in[container] == '{' ? member(container, key) : -1;
      case Part.Index index -> in[container] == '[' ? element(container, index.index()) : -1;
      case Part.Every every -> throw new IllegalArgumentException(every + " leads to many");
    };
  }

  private int member(int object, Part.Key key) {
    int found = -1;
    int at = space(object + 1);
    while (in[at] != '}') {
      int afterKey = skip(at);
      boolean same = key.isSpelt(in, at + 1, afterKey - 1);
      at = space(space(afterKey) + 1);
      if (same) {
        found = at;
      }
      at = next(skip(at));
    }
    return found;
  }

  private int element(int array, int index) {
    int at = space(array + 1);
    for (int i = 0; in[at] != ']'; i++) {
      if (i == index) {
        return at;
      }
      at = next(skip(at));
    }
    return -1;
  }

  /** Calls with the start of each element; of nothing when this is no array. */
  void elements(int array, IntConsumer element) {
    if (in[array] != '[') {
      return;
    }
    int at = space(array + 1);
    while (in[at] != ']') {
      element.accept(at);
      at = next(skip(at));
    }
  }

  /** The index after the value that starts here. */
  int skip(int start) {
    return switch (in[start]) {
      case '"' -> JsonBytes.closingQuote(in, start + 1, end) + 1;
      case '{', '[' -> skipContainer(start);
      default -> skipPlain(start);
    };
  }

  private int skipPlain(int start) {
    int at = start;
    while (at < end && in[at] > ' ' && in[at] != ',' && in[at] != ']' && in[at] != '}') {
      at++;
    }
    return at;
  }

  private int skipContainer(int start) {
    int depth = 0;
    int at = start;
    do {
      byte found = in[at];
      if (found == '"') {
        at = JsonBytes.closingQuote(in, at + 1, end);
      } else if ((found | 0x20) == '{') { // or [
        depth++;
      } else if ((found | 0x20) == '}') { // or ]
        depth--;
      }
      at++;
    } while (depth > 0);
    return at;
  }

  /** From behind an element to the next one or the closing bracket. */
  int next(int afterElement) {
    int at = space(afterElement);
    return in[at] == ',' ? space(at + 1) : at;
  }

  int space(int start) {
    int at = start;
    while (at < end && in[at] <= ' ' && in[at] >= 0) {
      at++;
    }
    return at;
  }

  static boolean isInNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || (b | 0x20) == 'e';
  }
}
