package dev.nightjar.model.options;

import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What YAML an option takes and what Java value it becomes. */
public sealed interface OptionType {

  /** Types without parts. */
  enum Simple implements OptionType {
    STRING,
    BOOLEAN,
    /** {@code int}. */
    INTEGER,
    /** {@code long}; in YAML an integer as well. */
    LONG,
    /** {@code double}. */
    NUMBER,
    /** {@code Duration}: {@code 30s}, {@code PT30S}, a named timeout. */
    DURATION,
    /** {@code Path}, made absolute against the workflow's folder. */
    PATH,
    /** {@code LocalDate}. */
    DATE,
    /** {@code JsonNode}: any YAML value. */
    JSON,
    FIELD_PATH,
    /** Over records, without <code>${{ }}</code>. */
    EXPRESSION,
    /** Over records, with <code>${{ }}</code>. */
    TEMPLATE,
    /** The id of a step whose records are read besides. */
    RECORDS
  }

  /** One of several words. */
  record Choice(List<Constant> constants) implements OptionType {}

  /**
   * A word to choose.
   *
   * @param name as in YAML
   * @param constant the enum constant's name
   * @param accepts what a step that chooses it reads instead; null for what the processor declares,
   *     empty for nothing
   * @param emits what a step that chooses it emits instead
   */
  record Constant(
      String name,
      String constant,
      String doc,
      @Nullable List<Kind> accepts,
      ProcessorSpec.@Nullable Emitted emits) {}

  /** A list; a single value stands for a list of one. */
  record ListOf(OptionType element) implements OptionType {}

  /** A map of names to values. */
  record MapOf(OptionType value) implements OptionType {}

  /** A map with declared keys. */
  record Nested(List<OptionDeclaration> options) implements OptionType {}
}
