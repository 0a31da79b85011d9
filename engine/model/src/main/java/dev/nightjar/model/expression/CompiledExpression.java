package dev.nightjar.model.expression;

import dev.nightjar.spi.DataRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An expression that was checked and can be evaluated any number of times, from any thread. */
public interface CompiledExpression {

  /** As written. */
  String text();

  /** What it gives, as far as can be known before the run. */
  Type type();

  /** The paths it reads, as far as they are constant: {@code [steps, clean, outputs, records]}. */
  Set<List<String>> references();

  /**
   * Evaluates it.
   *
   * @param record what {@code record} stands for; its fields are looked up without building a tree
   * @throws EvaluationException when it has no value: an absent field, a division by zero
   */
  JsonNode evaluate(Scope scope, @Nullable DataRecord record);
}
