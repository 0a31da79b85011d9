package dev.nightjar.model.options;

import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The options of one step, checked as far as can be before the run, and ready to be bound. */
public interface CheckedOptions {

  /** The paths its expressions read: {@code [steps, clean, outputs, records]}. */
  Set<List<String>> references();

  /** What the step reads, given its options. */
  List<Kind> accepts();

  /** What the step emits, given its options. */
  Emitted emits();

  /** The steps that its {@code Records} options name. */
  List<String> sides();

  /**
   * The options record for one execution. Where nothing depends on the binding the same record may
   * be given again.
   *
   * @throws OptionFailure when a value that is only known now does not fit
   */
  <C extends Record> C bind(Class<C> type, Binding binding);

  /** The values as a person would write them; secrets masked. */
  JsonNode describe();

  /**
   * The values as a person would write them, expressions included.
   *
   * @param secret what stands for the value of a secret option
   */
  JsonNode describe(UnaryOperator<JsonNode> secret);
}
