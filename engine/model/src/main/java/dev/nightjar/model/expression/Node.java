package dev.nightjar.model.expression;

import dev.nightjar.spi.DataRecord;
import org.jspecify.annotations.Nullable;

/** One part of a compiled expression; holds nothing that changes. */
@FunctionalInterface
interface Node {

  /**
   * What it gives: a JsonNode as it came, untouched, or one of the values that {@link Value} lists.
   *
   * @throws EvaluationException when it has no value
   */
  Object evaluate(Frame frame);

  /** What the names stand for this time. */
  record Frame(Scope scope, @Nullable DataRecord record) {}

  /** A part that always gives the same. */
  record Constant(Object value) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      return value;
    }
  }

  /** A part whose absence can be asked for with {@code has}. */
  interface Field extends Node {
    boolean present(Frame frame);
  }
}
