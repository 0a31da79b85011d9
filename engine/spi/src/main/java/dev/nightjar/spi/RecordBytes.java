package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the bytes of a record lie and, of a JSON one, its members. */
final class RecordBytes {

  private static final int NONE = -1;

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
      return member < 0 ? NONE : alone.start(member);
    }
    var fields = new JsonFields(array, end(), path);
    return fields.seek(offset, members) ? fields.start() : NONE;
  }

  /**
   * Where it lies, in one number and so without an object for each look: its start, and its end
   * above that; {@link #NONE} when there is none.
   */
  private long range(FieldPath path) {
    JsonMembers alone = members(path);
    if (alone != null) {
      int member = alone.find(array, path);
      return member < 0 ? NONE : range(alone.start(member), alone.end(member));
    }
    var fields = new JsonFields(array, end(), path);
    return fields.seek(offset, members) ? range(fields.start(), fields.after()) : NONE;
  }

  private static long range(int start, int end) {
    return ((long) end << Integer.SIZE) | start;
  }

  private static int start(long range) {
    return (int) range;
  }

  private static int end(long range) {
    return (int) (range >>> Integer.SIZE);
  }

  /** Writes the one value that a path leads to; false when there is none. */
  boolean write(FieldPath path, JsonWriter out) {
    long range = range(path);
    if (range != NONE) {
      out.raw(array, start(range), end(range));
    }
    return range != NONE;
  }

  /**
   * The JSON record with the one string mapped that a path leads to, as bytes.
   *
   * @return itself when nothing changes; null when the text is needed, or says what is wrong
   */
  @Nullable RecordBytes mapped(FieldPath path, CharacterMapping change) {
    long range = range(path);
    if (range == NONE) {
      return this;
    }
    boolean string = array[start(range)] == '"';
    return string ? mapped(start(range) + 1, end(range) - 1, '\\', change) : null;
  }

  /** As that, of all bytes, which are UTF-8. */
  @Nullable RecordBytes mapped(CharacterMapping change) {
    return mapped(offset, end(), CharacterMapping.NO_ESCAPE, change);
  }

  private @Nullable RecordBytes mapped(int from, int to, int escape, CharacterMapping change) {
    byte[] copy = Arrays.copyOfRange(array, offset, end());
    return switch (change.map(copy, from - offset, to - offset, escape)) {
      case CHANGED -> new RecordBytes(copy, 0, copy.length);
      case SAME -> this;
      case UNKNOWN -> null;
    };
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
