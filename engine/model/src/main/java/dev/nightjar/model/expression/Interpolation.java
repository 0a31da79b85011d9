package dev.nightjar.model.expression;

import dev.nightjar.spi.DataRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Text with expressions in it. */
public interface Interpolation {

  /** As written. */
  String text();

  /** Whether there is no expression in it. */
  boolean constant();

  /** What it gives. */
  Type type();

  /** The paths it reads. */
  Set<List<String>> references();

  /**
   * Its value: of a text that is one expression the expression's, else a string.
   *
   * @throws EvaluationException when an expression has no value
   */
  JsonNode evaluate(Scope scope, @Nullable DataRecord record);
}
