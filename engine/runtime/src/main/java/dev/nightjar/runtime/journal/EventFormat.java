package dev.nightjar.runtime.journal;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Rejected;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TreeNode;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
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

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final ObjectWriteContext TREES = new Trees();

  private EventFormat() {}

  /** The object as UTF-8, on one line, without a line end. */
  public static byte[] bytes(Event event) {
    try (var bytes = new ByteArrayBuilder();
        JsonGenerator json = FACTORY.createGenerator(TREES, bytes)) {
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
      return Odd.MAPPER.readTree(json);
    }
  }

  /** Made when first needed: it takes as long as all else that a short run does with JSON. */
  private static final class Odd {
    static final JsonMapper MAPPER =
        JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  /** Writes trees as the mapper does, which it asks for what is not everyday. */
  private static final class Trees extends ObjectWriteContext.Base {

    @Override
    public void writeTree(JsonGenerator json, TreeNode tree) {
      JsonNode node = (JsonNode) tree;
      switch (node.getNodeType()) {
        case OBJECT -> {
          json.writeStartObject(node);
          for (Map.Entry<String, JsonNode> property : node.properties()) {
            json.writeName(property.getKey());
            writeTree(json, property.getValue());
          }
          json.writeEndObject();
        }
        case ARRAY -> {
          json.writeStartArray(node, node.size());
          for (JsonNode element : node) {
            writeTree(json, element);
          }
          json.writeEndArray();
        }
        case STRING -> json.writeString(node.stringValue());
        case BOOLEAN -> json.writeBoolean(node.booleanValue());
        case NULL -> json.writeNull();
        case NUMBER -> number(json, node);
        case BINARY, MISSING, POJO -> Odd.MAPPER.writeTree(json, node);
      }
    }

    private static void number(JsonGenerator json, JsonNode node) {
      switch (node.numberType()) {
        case INT -> json.writeNumber(node.intValue());
        case LONG -> json.writeNumber(node.longValue());
        default -> Odd.MAPPER.writeTree(json, node);
      }
    }
  }
}
