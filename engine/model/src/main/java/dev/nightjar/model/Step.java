package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.CompiledExpression;
import dev.nightjar.model.expression.Interpolation;
import dev.nightjar.model.options.CheckedOptions;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.spi.ProcessorSpec.Effect;
import dev.nightjar.spi.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a workflow; defaults applied, references resolved.
 *
 * @param place its {@code uses:} value, or its first key
 * @param from the step whose records it reads; null when it reads none
 * @param needs the steps that must have ended before; all in the same block
 * @param condition null stands for {@code success()}
 * @param rejects null: what a later step of its stage says, else fail
 * @param retry one attempt where nothing is said
 * @param timeout of one attempt; null for none
 * @param parallelism how many tasks of its stage at once; null for the machine's cores
 * @param blocks nested steps by block: {@code steps}, {@code else}, {@code cases.fast}
 */
public record Step(
    Place place,
    String id,
    ProcessorDeclaration processor,
    CheckedOptions options,
    @Nullable String from,
    List<String> needs,
    @Nullable CompiledExpression condition,
    RetryPolicy retry,
    @Nullable Duration timeout,
    @Nullable Rejects rejects,
    @Nullable Cache cache,
    Effect effect,
    @Nullable Integer parallelism,
    List<Block> blocks) {

  /** The paths that its expressions read: {@code [inputs, day]}; those of nested steps, too. */
  public Set<List<String>> references() {
    var all = new LinkedHashSet<>(options.references());
    if (condition != null) {
      all.addAll(condition.references());
    }
    if (rejects instanceof Rejects.Collect collect && collect.path() != null) {
      all.addAll(collect.path().references());
    }
    if (cache != null) {
      cache.key().forEach(key -> all.addAll(key.references()));
    }
    blocks.forEach(block -> block.steps().forEach(step -> all.addAll(step.references())));
    return all;
  }

  /** Nested steps. */
  public record Block(String name, List<Step> steps) {}

  /** Where records that are set aside go. */
  public sealed interface Rejects {

    /** The first one fails the step. */
    record Fail() implements Rejects {}

    /** They are counted and left out. */
    record Skip() implements Rejects {}

    /**
     * They are written to a file, one JSON object a line.
     *
     * @param path null when only {@code max} was given: counted and left out
     * @param max how many are too many; null for no limit
     */
    record Collect(@Nullable Interpolation path, @Nullable Limit max) implements Rejects {}

    /** A number of records, or a share of those read. */
    record Limit(double value, boolean percent) {}
  }

  /** How an earlier success of the same work is reused. */
  public record Cache(@Nullable Duration ttl, List<CompiledExpression> key, boolean memoryOnly) {}
}
