package dev.nightjar.plugin.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import java.util.List;

/** Holds records against a compiled schema. Used by one thread. */
final class SchemaCheck {

  /** Larger records stop at their first mistake: a large one can have a million of them. */
  private static final int MAX_BYTES_FOR_ALL_MISTAKES = 1 << 20;

  /** Sub-schemas and keywords tried for one record: half a minute or so. */
  private static final long MAX_STEPS = 50_000_000;

  /** Sub-schemas inside each other; records nest 1,000 levels at most. */
  private static final int MAX_DEPTH = 10_000;

  private final Schema schema;
  private final String name;

  SchemaCheck(Schema schema, String name) {
    this.schema = schema;
    this.name = name;
  }

  /** Adds what is wrong with a record. */
  void check(DataRecord record, Mistakes mistakes) {
    // The validator's order is not the same from run to run.
    errors(record).stream().map(SchemaCheck::text).sorted().forEach(mistakes::add);
  }

  private static String text(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return (pointer.isEmpty() ? "the record" : pointer) + ": " + error.getMessage();
  }

  private List<Error> errors(DataRecord record) {
    boolean failFast = record.size() > MAX_BYTES_FOR_ALL_MISTAKES;
    try {
      return schema.validate(
          CheckedTree.of(record.json()),
          execution ->
              execution.executionConfig(config ->
                  config
                      .failFast(failFast)
                      .maxEvaluationSteps(MAX_STEPS)
                      .maxEvaluationDepth(MAX_DEPTH)));
    } catch (Rejected | PermanentFailure e) {
      throw e;
    } catch (ValidationLimitExceededException e) {
      throw new Rejected("checking it against " + name + " takes too many steps");
    } catch (StackOverflowError e) {
      // The validator recurses by the data's depth, its formats by the length of texts.
      throw new Rejected("it is nested too deep, or a text in it is too long, for " + name);
    } catch (RuntimeException e) {
      // Data the validator was not ready for: the neighbours are none the worse.
      throw new Rejected("it cannot be checked against " + name + ": " + e.getMessage());
    }
  }
}
