package dev.nightjar.runtime.journal;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Rejected;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON, nothing lost: one object each, {@code event} says which, names in snake_case,
 * times in ISO 8601, durations in seconds with all their digits, what is not there left out. Fields
 * are added, never renamed: stores and programs of years ago are read and read this.
 */
public final class EventFormat {

  /** Levels inside each other: more than any value can have that a step has read or computed. */
  private static final int DEPTH = 2_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectWriter WRITER = MAPPER.writer();

  private EventFormat() {}

  /** The object as UTF-8, on one line, without a line end. */
  public static byte[] bytes(Event event) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = WRITER.createGenerator(bytes)) {
      new EventWriter(json).write(event);
      json.flush();
      return bytes.toByteArray();
    }
  }

  /** The object as a tree of its own. */
  public static ObjectNode write(Event event) {
    return (ObjectNode) tree(bytes(event));
  }

  /**
   * The event that an object tells of. Fields that are not known are passed over.
   *
   * @throws IllegalArgumentException when it is no event, or a field has no value of its kind
   */
  public static Event read(JsonNode json) {
    try {
      return EventReader.read(json);
    } catch (JacksonException | ArithmeticException e) {
      throw new IllegalArgumentException("this is no event: " + e.getMessage(), e);
    }
  }

  /**
   * As {@link #read(JsonNode)}, from UTF-8.
   *
   * @throws IllegalArgumentException when it is no event, or no JSON
   */
  public static Event read(byte[] json) {
    try {
      return read(tree(json));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this is no event: " + e.getOriginalMessage(), e);
    }
  }

  /** With numbers as they were written, digit by digit: a run that is resumed goes on with them. */
  private static JsonNode tree(byte[] json) {
    try {
      return DataRecord.utf8(json, 0, json.length, Origin.NONE).parsed().json();
    } catch (Rejected deepOrHalfPair) {
      return MAPPER.readTree(json);
    }
  }
}
