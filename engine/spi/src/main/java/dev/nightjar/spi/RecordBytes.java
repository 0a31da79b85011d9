package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  /**
   * The JSON record with the one string mapped that a path leads to, as bytes.
   *
   * @return itself when nothing changes; null when the text is needed, or says what is wrong
   */
  @Nullable RecordBytes mapped(FieldPath path, CharacterMapping change) {
    int start = start(path);
    if (start < 0) {
      return this;
    }
    int last = array[start] == '"' ? JsonScanner.special(array, start + 1, end()) : start;
    return last > start && array[last] == '"' ? mapped(start + 1, last, change) : null;
  }

  /** As that, of all bytes, which are UTF-8. */
  @Nullable RecordBytes mapped(CharacterMapping change) {
    return mapped(offset, end(), change);
  }

  private @Nullable RecordBytes mapped(int from, int to, CharacterMapping change) {
    byte[] copy = Arrays.copyOfRange(array, offset, end());
    if (!change.map(copy, from - offset, to - offset)) {
      return null;
    }
    boolean same = Arrays.equals(copy, from - offset, to - offset, array, from, to);
    return same ? this : new RecordBytes(copy, 0, copy.length);
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
