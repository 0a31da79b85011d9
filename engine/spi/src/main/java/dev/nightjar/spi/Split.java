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
 *     length, and what identifies the content (size, time of change). An earlier result is used
 *     again while all of it is the same, or, where it has a field {@link #IDENTITY}, while that is
 */
public record Split(String source, long bytes, JsonNode detail) {

  /** The field of the detail that alone tells one content from another: a digest, a version. */
  public static final String IDENTITY = "identity";

  /** All of a source that does not divide. */
  public static final Split WHOLE = new Split("", -1, JsonNodeFactory.instance.objectNode());
}
