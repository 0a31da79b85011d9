package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the bytes of a record lie and, of a JSON one, its members. */
final class RecordBytes {
  final byte[] array;
  final int offset;
  final int length;

  /**
   * Of a JSON record that was looked at and is an object. Shared without a lock, as a record's own
   * fields: what is published is immutable.
   */
  @Nullable JsonMembers members;

  RecordBytes(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  int end() {
    return offset + length;
  }

  JsonNode at(FieldPath path) {
    var fields = new JsonFields(array, end(), path);
    return fields.read(offset, members(fields));
  }

  /** Where the one value begins that a path leads to; -1 when there is none. */
  int start(FieldPath path) {
    JsonMembers alone = members(path);
    if (alone != null) {
      int member = alone.find(array, path);
      return member < 0 ? -1 : alone.start(member);
    }
    var fields = new JsonFields(array, end(), path);
    return fields.seek(offset, members) ? fields.start() : -1;
  }

  /** Writes the one value that a path leads to; false when there is none. */
  boolean write(FieldPath path, JsonWriter out) {
    JsonMembers alone = members(path);
    if (alone != null) {
      int member = alone.find(array, path);
      if (member >= 0) {
        out.raw(array, alone.start(member), alone.end(member));
      }
      return member >= 0;
    }
    var fields = new JsonFields(array, end(), path);
    boolean there = fields.seek(offset, members);
    if (there) {
      out.raw(array, fields.start(), fields.after());
    }
    return there;
  }

  private @Nullable JsonMembers members(JsonFields fields) {
    JsonMembers known = members;
    if (known == null && Fast.ON) {
      known = fields.members(offset);
      members = known;
    }
    return known;
  }

  /** The members, if they alone tell where a path leads. */
  private @Nullable JsonMembers members(FieldPath path) {
    JsonMembers known = members;
    if (known == null) {
      known = members(new JsonFields(array, end(), path));
    }
    return path.isKeys() ? known : null;
  }

  String decode() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
