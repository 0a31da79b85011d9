package dev.nightjar.spi;

import tools.jackson.databind.JsonNode;

/**
 * An option that is computed from each record, written as an expression: {@code where: "record.day
 * == inputs.day"}. Compiled and checked before the run.
 */
public interface Expression {

  /**
   * The value for a record; an absent field is {@code null} in JSON.
   *
   * @throws Rejected when it has none: a missing field, a division by zero
   */
  JsonNode value(DataRecord record);

  /**
   * The value as a truth.
   *
   * @throws Rejected when it has none or is not a boolean
   */
  boolean test(DataRecord record);
}
