package dev.nightjar.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.StringNode;

/**
 * One immutable item of data with its origin: text, a JSON value or bytes.
 *
 * <p>A record nobody changed is written from the bytes it was read from. Trees and strings are made
 * when asked for, and looking at one field is a scan. Numbers keep the digits they were written
 * with. Trees are shared: copy one before changing it.
 *
 * <p>A text or tree with half a surrogate pair in it, or a tree with a number that is not finite or
 * over 1,000 levels, has no bytes: whatever asks for them throws {@link Rejected}.
 */
public final class DataRecord {

  /** How much of a record {@link #toString} shows, in characters. */
  private static final int SHOWN = 200;

  /** A JSON record of common size: measuring a tree would cost as much as writing it. */
  private static final int TREE_WEIGHT = 1024;

  private final Kind kind;
  private final Origin origin;

  // At least one of these is there; the others are made when asked for. Records are shared between
  // threads without a lock: two may make the same thing, and what each of them publishes is
  // immutable or lies behind a final field, so that a thread sees all of it or null.
  private @Nullable RecordBytes bytes;
  private @Nullable String text;
  private @Nullable Tree tree;

  private record Tree(JsonNode root) {}

  private DataRecord(
      Kind kind,
      Origin origin,
      @Nullable RecordBytes bytes,
      @Nullable String text,
      @Nullable Tree tree) {
    this.kind = kind;
    this.origin = origin;
    this.bytes = bytes;
    this.text = text;
    this.tree = tree;
  }

  /** A text record. */
  public static DataRecord text(String text, Origin origin) {
    return new DataRecord(Kind.TEXT, origin, null, text, null);
  }

  /** A text record of bytes known to be UTF-8; the array is not copied and must not change. */
  public static DataRecord utf8(byte[] utf8, int offset, int length, Origin origin) {
    return new DataRecord(Kind.TEXT, origin, new RecordBytes(utf8, offset, length), null, null);
  }

  /** A record of bytes; the array is not copied and must not change. */
  public static DataRecord bytes(byte[] bytes, int offset, int length, Origin origin) {
    return new DataRecord(Kind.BYTES, origin, new RecordBytes(bytes, offset, length), null, null);
  }

  /** A JSON record; the tree must not change any more. */
  public static DataRecord json(JsonNode value, Origin origin) {
    return new DataRecord(Kind.JSON, origin, null, null, new Tree(value));
  }

  /**
   * A JSON record of bytes that were checked before, as {@link #parsed} checks them; the array is
   * not copied and must not change.
   */
  public static DataRecord checkedJson(byte[] json, int offset, int length, Origin origin) {
    return new DataRecord(Kind.JSON, origin, new RecordBytes(json, offset, length), null, null);
  }

  /** As {@link #checkedJson}, of which some fields are known, or null. */
  static DataRecord checkedJson(byte[] json, Origin origin, @Nullable JsonNotes notes) {
    var bytes = new RecordBytes(json, 0, json.length);
    bytes.know(notes);
    return new DataRecord(Kind.JSON, origin, bytes, null, null);
  }

  /**
   * The index of the first byte that is part of no well-formed UTF-8 (overlong forms, surrogates
   * and values above U+10FFFF are none), or -1 when all of the range is.
   */
  public static int firstInvalidUtf8(byte[] bytes, int offset, int length) {
    return Utf8.firstInvalid(bytes, offset, Math.addExact(offset, length));
  }

  public Kind kind() {
    return kind;
  }

  public Origin origin() {
    return origin;
  }

  /** Bytes of its UTF-8, JSON or binary form. */
  public int size() {
    return bytes().length;
  }

  /**
   * About how many bytes of memory it holds; costs nothing, makes nothing. A tree of unknown size
   * counts as {@value #TREE_WEIGHT}.
   */
  public int weight() {
    RecordBytes known = bytes;
    if (known != null) {
      return known.length;
    }
    String chars = text;
    return chars != null ? chars.length() : TREE_WEIGHT;
  }

  /** The text; of a JSON record its JSON text. Bytes: {@link Rejected} unless they are UTF-8. */
  public String text() {
    String known = text;
    if (known == null) {
      RecordBytes from = bytes();
      if (kind == Kind.BYTES) {
        requireUtf8(from);
      }
      known = from.decode();
      text = known;
    }
    return known;
  }

  /**
   * The JSON value as a tree; of a text record, a string.
   *
   * @throws IllegalStateException for bytes
   */
  public JsonNode json() {
    Tree known = tree;
    if (known == null) {
      known = new Tree(makeTree());
      tree = known;
    }
    return known.root();
  }

  /** Whether that tree is there already, so that asking for it costs nothing. */
  public boolean hasTree() {
    return tree != null;
  }

  /**
   * The array in which those bytes lie, from {@link #offset}, {@link #size} of them: to be looked
   * at and never written to, because other records share it.
   */
  public byte[] array() {
    return bytes().array;
  }

  /** Where they begin in the {@link #array}. */
  public int offset() {
    return bytes().offset;
  }

  /**
   * The first place, counted from the record's first byte, where some bytes stand; or -1.
   *
   * @param wanted at least one
   * @param from the first place to look at
   */
  public int indexOf(byte[] wanted, int from) {
    RecordBytes in = bytes();
    int found = ByteSearch.find(in.array, in.offset + from, in.end(), wanted);
    return found < 0 ? -1 : found - in.offset;
  }

  /**
   * A part of a text or of bytes, of the same origin; shares the array.
   *
   * @param from the first byte, from 0; of a text, the first one of a character
   * @param to the one after the last
   * @throws IllegalStateException for JSON
   */
  public DataRecord slice(int from, int to) {
    if (kind == Kind.JSON) {
      throw new IllegalStateException("a part of a JSON value is none");
    }
    Objects.checkFromToIndex(from, to, size());
    RecordBytes of = bytes();
    return new DataRecord(
        kind, origin, new RecordBytes(of.array, of.offset + from, to - from), null, null);
  }

  /** A copy of the bytes of its UTF-8, JSON or binary form. */
  public byte[] toBytes() {
    RecordBytes from = bytes();
    return Arrays.copyOfRange(from.array, from.offset, from.end());
  }

  /** Writes those bytes. */
  public void writeTo(OutputStream out) throws IOException {
    RecordBytes from = bytes();
    out.write(from.array, from.offset, from.length);
  }

  /** The value of a field, or a missing node. With {@code [*]}: an array of those there are. */
  public JsonNode at(FieldPath path) {
    RecordBytes from = bytes;
    if (kind != Kind.JSON || tree != null || from == null) {
      return JsonTrees.at(json(), path);
    }
    return from.at(path);
  }

  /**
   * The type of the value of a field, MISSING where there is none; makes no value. With {@code
   * [*]}: ARRAY.
   */
  public JsonNodeType typeAt(FieldPath path) {
    RecordBytes from = bytes;
    if (kind != Kind.JSON || tree != null || from == null || path.leadsToMany() || !Fast.ON) {
      return at(path).getNodeType();
    }
    long range = from.range(path);
    return range == JsonRange.NONE
        ? JsonNodeType.MISSING
        : JsonFields.type(from.array[JsonRange.start(range)]);
  }

  /** Writes the value of a field as {@link #at} finds it; false when there is none. */
  boolean write(FieldPath path, JsonWriter out) {
    RecordBytes from = bytes;
    if (kind == Kind.JSON && from != null && !path.leadsToMany()) {
      return from.write(path, out);
    }
    JsonNode value = at(path);
    if (!value.isMissingNode()) {
      out.value(value);
    }
    return !value.isMissingNode();
  }

  /** The record with another text, of the same origin. */
  public DataRecord withText(String text) {
    return text(text, origin);
  }

  /** The record with another JSON value, of the same origin. */
  public DataRecord withJson(JsonNode value) {
    return json(value, origin);
  }

  /** The record with other bytes, of the same origin; the array is not copied. */
  public DataRecord withBytes(byte[] bytes, int offset, int length) {
    return bytes(bytes, offset, length, origin);
  }

  /** A record with this one's content and another origin. */
  public DataRecord withOrigin(Origin origin) {
    return new DataRecord(kind, origin, bytes, text, tree);
  }

  /**
   * The record as JSON: its text, checked to the last byte to be one JSON value in UTF-8, its bytes
   * kept as they are.
   *
   * @throws Rejected naming the column and what is wrong
   */
  public DataRecord parsed() {
    return parsed(null);
  }

  /** As {@link #parsed()}, by a scanner of records that may be alike. */
  DataRecord parsed(@Nullable JsonScanner ofMany) {
    if (kind == Kind.JSON) {
      return this;
    }
    JsonScanner scanner = ofMany == null ? JsonScanner.ofOne() : ofMany;
    RecordBytes from = bytes();
    String what = origin.line() > 0 ? "line" : "text";
    boolean utf8 = kind == Kind.TEXT;
    from.know(scanner.check(from.array, from.offset, from.end(), utf8, what));
    return new DataRecord(Kind.JSON, origin, from, text, null);
  }

  /**
   * The JSON record with one field set; objects on the way are made where they are missing, arrays
   * and their elements are not. With {@code [*]}: set in every element there is. Other bytes stay
   * as they are.
   *
   * @throws Rejected when the way leads through something that is no object or array, or to an
   *     element that is not there
   * @throws IllegalStateException for text and bytes, as {@link #map} and {@link #without}
   */
  public DataRecord with(FieldPath path, JsonNode value) {
    return edited(edit(path).set(value));
  }

  /** The JSON record with one field, or every field of a {@code [*]}, changed where it is there. */
  public DataRecord map(FieldPath path, UnaryOperator<JsonNode> change) {
    return edited(edit(path).map(change));
  }

  /**
   * As {@link #map}, for strings; null is left alone.
   *
   * @throws Rejected when the field is something else
   */
  public DataRecord mapText(FieldPath path, UnaryOperator<String> change) {
    return edited(edit(path).mapText(change));
  }

  /** The JSON record without one field. */
  public DataRecord without(FieldPath path) {
    return edited(edit(path).remove());
  }

  /** As {@link #text()}; for messages, cut after 200 characters. */
  @Override
  public String toString() {
    String all = shown();
    int end = Math.min(all.length(), SHOWN);
    return end == all.length() ? all : all.substring(0, end) + "…";
  }

  private String shown() {
    if (kind == Kind.BYTES) {
      return bytes().decode();
    }
    try {
      return text();
    } catch (Rejected noBytes) {
      return JsonTrees.shown(json(), noBytes);
    }
  }

  /** The bytes to take a shortcut with: null if it is of another kind, or has none so far. */
  @Nullable RecordBytes shortcut(Kind kind) {
    return Fast.ON && kind == this.kind ? bytes : null;
  }

  /** The record with other bytes of its kind; itself when they are its own. */
  DataRecord changed(RecordBytes changed) {
    return changed == bytes ? this : new DataRecord(kind, origin, changed, null, null);
  }

  private RecordBytes bytes() {
    RecordBytes known = bytes;
    if (known == null) {
      byte[] made = encode();
      known = new RecordBytes(made, 0, made.length);
      bytes = known;
    }
    return known;
  }

  private byte[] encode() {
    if (kind == Kind.TEXT) {
      return Utf8.encode(Objects.requireNonNull(text));
    }
    return JsonWriter.write(Objects.requireNonNull(tree).root(), 0);
  }

  private JsonNode makeTree() {
    if (kind == Kind.BYTES) {
      throw new IllegalStateException("bytes have no JSON value");
    }
    if (kind == Kind.TEXT) {
      return StringNode.valueOf(text());
    }
    RecordBytes from = bytes();
    return JsonReader.read(from.array, from.offset, from.end());
  }

  private static void requireUtf8(RecordBytes bytes) {
    int bad = firstInvalidUtf8(bytes.array, bytes.offset, bytes.length);
    if (bad >= 0) {
      throw new Rejected("invalid UTF-8 at byte " + (bad - bytes.offset + 1));
    }
  }

  private JsonEdit edit(FieldPath path) {
    if (kind != Kind.JSON) {
      throw new IllegalStateException(
          "a " + kind + " record has no field `" + path + "` to change");
    }
    return new JsonEdit(bytes(), path);
  }

  private DataRecord edited(@Nullable JsonWriter json) {
    if (json == null) {
      return this;
    }
    return changed(new RecordBytes(json.array(), 0, json.size()));
  }
}
