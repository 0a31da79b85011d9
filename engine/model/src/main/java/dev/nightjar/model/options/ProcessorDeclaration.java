package dev.nightjar.model.options;

import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.ProcessorSpec.Scope;
import java.util.List;

/**
 * What a plugin declares of one processor, read from its jar without loading a class.
 *
 * @param bindings names that the expressions of its {@code steps} may use
 * @param className the implementation, in the plugin's class loader
 */
public record ProcessorDeclaration(
    String name,
    String summary,
    Shape shape,
    List<Kind> accepts,
    Emitted emits,
    Effect effect,
    Scope scope,
    List<Block> blocks,
    List<String> bindings,
    List<Output> outputs,
    List<OptionDeclaration> options,
    String className) {

  /** The four kinds of processors. */
  public enum Shape {
    RECORD,
    STREAM,
    TASK,
    CONTROL
  }

  /**
   * A block of nested steps it takes: {@code steps}, {@code else}, {@code catch}, {@code cases}.
   */
  public record Block(String name, boolean required) {}

  /** An output it publishes. */
  public record Output(String name, String type, String summary) {}

  public boolean readsRecords() {
    return !accepts.isEmpty();
  }
}
