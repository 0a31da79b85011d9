package dev.nightjar.spi;

/**
 * The everyday kind: looks at one record at a time and emits none, one or many. The engine fuses
 * neighbouring record processors into one loop.
 *
 * <pre>{@code
 * @ProcessorSpec(name = "hello.greet", summary = "Puts a greeting before each line.",
 *     accepts = Kind.TEXT, emits = Emitted.TEXT)
 * public final class Greet implements RecordProcessor<Greet.Options> {
 *
 *   public record Options(@Doc("The word before each line.") @Default("Hello") String greeting) {}
 *
 *   @Override
 *   public RecordFunction open(Options options, StepContext context) {
 *     return (line, out) -> out.emit(line.withText(options.greeting() + ", " + line.text()));
 *   }
 * }
 * }</pre>
 */
public non-sealed interface RecordProcessor<C extends Record> extends Processor<C> {

  /**
   * Prepares the function for one task; what is costly (patterns, schemas, connections) is made
   * here, once. The function is used by one thread at a time and closed when the task ends.
   */
  RecordFunction open(C options, StepContext context) throws Exception;
}
