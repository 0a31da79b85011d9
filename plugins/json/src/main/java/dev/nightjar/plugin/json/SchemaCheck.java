package dev.nightjar.plugin.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds records against a compiled schema. What a schema of plain keywords is sure to accept needs
 * no tree; all else is judged, and put into words, by the library. Used by one thread.
 */
final class SchemaCheck {

  /** Larger records stop at their first mistake: a large one can have a million of them. */
  private static final int MAX_BYTES_FOR_ALL_MISTAKES = 1 << 20;

  /** Sub-schemas and keywords tried for one record: half a minute or so. */
  private static final long MAX_STEPS = 50_000_000;

  /** Sub-schemas inside each other; records nest 1,000 levels at most. */
  private static final int MAX_DEPTH = 10_000;

  private final Schema schema;
  private final String name;
  private final @Nullable PlainCheck plain;

  /**
   * Holds records against a schema.
   *
   * @param plain the same schema, if it is plain
   */
  SchemaCheck(Schema schema, String name, @Nullable PlainSchema plain) {
    this.schema = schema;
    this.name = name;
    this.plain = plain == null ? null : new PlainCheck(plain);
  }

  /** The shortcut; null where the schema is not plain or none was wanted. */
  @Nullable PlainCheck plain() {
    return plain;
  }

  /** Adds what is wrong with a record. */
  void check(DataRecord record, Mistakes mistakes) {
    if (plain != null && plain.accepts(record)) {
      return;
    }
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
