package dev.nightjar.daemon.web;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** What a handler answers. */
public sealed interface Response {

  /** JSON with status 200. */
  static Response json(JsonNode body) {
    return new Json(200, body);
  }

  /** Status 204, and nothing else. */
  static Response nothing() {
    return new Empty(204);
  }

  /** The same, with one header more. */
  default Response with(String name, String value) {
    return new Headed(this, name, value);
  }

  /** A JSON value. */
  record Json(int status, JsonNode body) implements Response {}

  /** Text; the media type is without its charset, which is UTF-8. */
  record Text(int status, String mediaType, String text) implements Response {}

  /** Bytes in memory. */
  @SuppressWarnings("ArrayRecordComponent") // Made, sent and forgotten.
  record Bytes(int status, String mediaType, byte[] bytes) implements Response {}

  /**
   * Bytes of a file, read while they are sent.
   *
   * @param from the first byte
   * @param length how many; the file has at least so many from there
   */
  record FilePart(String mediaType, Path file, long from, long length) implements Response {}

  /** A stream of events that ends when the feed does, or the client goes, or the server closes. */
  record Events(Feed feed) implements Response {}

  /** A status alone. */
  record Empty(int status) implements Response {}

  /** An answer with one header more. */
  record Headed(Response response, String name, String value) implements Response {}

  /** Sends events until there are no more; may block. */
  @FunctionalInterface
  interface Feed {
    /**
     * Called once, on a thread of the stream's own.
     *
     * @throws IOException when the client is gone, as the writer throws it
     * @throws InterruptedException when the client is gone or the server closes
     */
    void send(EventWriter out) throws IOException, InterruptedException;
  }
}
