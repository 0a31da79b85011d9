package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Where the bytes of a record lie and, of a JSON one, what is known of its fields. */
final class RecordBytes {

  final byte[] array;
  final int offset;
  final int length;

  // Of a JSON record, if known. Shared without a lock, as a record's own fields: what is published
  // is immutable.
  private @Nullable JsonNotes notes;
  private @Nullable JsonMembers members;

  RecordBytes(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Where some of its fields lie; null for what was known before. */
  void know(@Nullable JsonNotes notes) {
    this.notes = notes;
  }

  int end() {
    return offset + length;
  }

  JsonNode at(FieldPath path) {
    if (path.leadsToMany()) {
      return new JsonFields(array, end(), path).all(offset);
    }
    long range = range(path);
    return range == JsonRange.NONE
        ? MissingNode.getInstance()
        : JsonReader.read(array, JsonRange.start(range), JsonRange.end(range));
  }

  /** The {@link JsonRange} of the one value that a path leads to. */
  long range(FieldPath path) {
    long named = named(path);
    if (named == JsonRange.NONE || (named != JsonRange.UNKNOWN && path.isKeys())) {
      return named;
    }
    var fields = new JsonFields(array, end(), path);
    boolean there =
        named == JsonRange.UNKNOWN ? fields.seek(offset) : fields.seekBehindNames(named);
    return there ? JsonRange.of(fields.start(), fields.after()) : JsonRange.NONE;
  }

  /** That of the names a path begins with; UNKNOWN when all of it is to be sought. */
  private long named(FieldPath path) {
    JsonNotes noted = notes;
    long range = noted != null && path.beginsPlain() ? noted.range(path) : JsonRange.UNKNOWN;
    if (range == JsonRange.UNKNOWN && path.keys().length > 0 && Fast.ON) {
      JsonMembers all = members(path);
      range = all == null ? JsonRange.UNKNOWN : all.range(array, path);
    }
    return range;
  }

  /** Writes the one value that a path leads to; false when there is none. */
  boolean write(FieldPath path, JsonWriter out) {
    long range = range(path);
    if (range != JsonRange.NONE) {
      out.raw(array, JsonRange.start(range), JsonRange.end(range));
    }
    return range != JsonRange.NONE;
  }

  /**
   * The JSON record with the one string mapped that a path leads to, as bytes.
   *
   * @return itself when nothing changes; null when the text is needed, or says what is wrong
   */
  @Nullable RecordBytes mapped(FieldPath path, CharacterMapping change) {
    long range = range(path);
    if (range == JsonRange.NONE) {
      return this;
    }
    int start = JsonRange.start(range);
    boolean string = array[start] == '"';
    return string ? mapped(start + 1, JsonRange.end(range) - 1, '\\', change) : null;
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

  private @Nullable JsonMembers members(FieldPath path) {
    JsonMembers known = members;
    if (known == null) {
      known = new JsonFields(array, end(), path).members(offset);
      members = known;
    }
    return known;
  }

  String decode() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
