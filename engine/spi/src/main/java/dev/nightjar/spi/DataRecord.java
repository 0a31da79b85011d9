package dev.nightjar.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * One immutable item of data with its origin: text, a JSON value or bytes.
 *
 * <p>A record nobody changed is written from the bytes it was read from. Trees and strings are made
 * when asked for, and looking at one field is a scan. Numbers keep the digits they were written
 * with. Trees are shared: copy one before changing it.
 */
public final class DataRecord {

  private DataRecord() {}

  /** A text record. */
  public static DataRecord text(String text, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** A text record of bytes known to be UTF-8; the array is not copied and must not change. */
  public static DataRecord utf8(byte[] utf8, int offset, int length, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** A record of bytes; the array is not copied and must not change. */
  public static DataRecord bytes(byte[] bytes, int offset, int length, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** A JSON record; the tree must not change any more. */
  public static DataRecord json(JsonNode value, Origin origin) {
    throw new UnsupportedOperationException();
  }

  public Kind kind() {
    throw new UnsupportedOperationException();
  }

  public Origin origin() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of its UTF-8, JSON or binary form. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /** The text; of a JSON record its JSON text. Bytes: {@link Rejected} unless they are UTF-8. */
  public String text() {
    throw new UnsupportedOperationException();
  }

  /**
   * The JSON value as a tree; of a text record, a string.
   *
   * @throws IllegalStateException for bytes
   */
  public JsonNode json() {
    throw new UnsupportedOperationException();
  }

  /** A copy of the bytes of its UTF-8, JSON or binary form. */
  public byte[] toBytes() {
    throw new UnsupportedOperationException();
  }

  /** Writes those bytes. */
  public void writeTo(OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The value of a field, or a missing node. With {@code [*]}: an array of those there are. */
  public JsonNode at(FieldPath path) {
    throw new UnsupportedOperationException();
  }

  /** The record with another text, of the same origin. */
  public DataRecord withText(String text) {
    throw new UnsupportedOperationException();
  }

  /** The record with another JSON value, of the same origin. */
  public DataRecord withJson(JsonNode value) {
    throw new UnsupportedOperationException();
  }

  /** The record with other bytes, of the same origin; the array is not copied. */
  public DataRecord withBytes(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** A record with this one's content and another origin. */
  public DataRecord withOrigin(Origin origin) {
    throw new UnsupportedOperationException();
  }

  /**
   * The record as JSON: its text, checked to the last byte to be one JSON value in UTF-8, its bytes
   * kept as they are.
   *
   * @throws Rejected naming the column and what is wrong
   */
  public DataRecord parsed() {
    throw new UnsupportedOperationException();
  }

  /**
   * The JSON record with one field set; objects on the way are made where they are missing. Other
   * bytes stay as they are.
   *
   * @throws Rejected when the way leads through something that is no object or array
   */
  public DataRecord with(FieldPath path, JsonNode value) {
    throw new UnsupportedOperationException();
  }

  /** The JSON record with one field, or every field of a {@code [*]}, changed where it is there. */
  public DataRecord map(FieldPath path, UnaryOperator<JsonNode> change) {
    throw new UnsupportedOperationException();
  }

  /** The JSON record without one field. */
  public DataRecord without(FieldPath path) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #text()}; for messages, cut after 200 characters. */
  @Override
  public String toString() {
    throw new UnsupportedOperationException();
  }
}
