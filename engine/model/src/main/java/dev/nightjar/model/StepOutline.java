package dev.nightjar.model;

import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.options.ProcessorDeclaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step before its references are resolved: what other steps need to know of it.
 *
 * @param place its {@code uses:} value, or its first key
 * @param uses the processor's name as written; empty when there is none
 * @param processor null when no plugin has one of this name
 */
record StepOutline(
    Section section,
    Place place,
    String id,
    String uses,
    @Nullable ProcessorDeclaration processor,
    List<Block> blocks) {

  /** Nested steps: {@code steps}, {@code else}, {@code cases.fast}. */
  record Block(String name, List<StepOutline> steps) {}
}
