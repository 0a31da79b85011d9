package dev.nightjar.spi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A piece of a source that can be read by itself: a file, or a range of a large one.
 *
 * @param source what records of it name as their {@link Origin#source()}; pieces of one file name
 *     the same
 * @param bytes how much there is to read, or -1 when unknown; for progress and for sharing out
 * @param detail whatever the processor needs to find the piece again, on any machine: path, offset,
 *     length, and what identifies the content (size, time of change)
 */
public record Split(String source, long bytes, JsonNode detail) {

  /** All of a source that does not divide. */
  public static final Split WHOLE = new Split("", -1, JsonNodeFactory.instance.objectNode());
}
