package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.expression.Type;
import dev.nightjar.model.yaml.YamlNode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what stands under {@code with:} against a declaration. */
public final class OptionsChecker {

  private OptionsChecker() {}

  /**
   * Checks options; every mistake is noted.
   *
   * @param with the map under {@code with:}, or null when there is none
   * @param step where the step stands, for options that are missing
   * @param names the root names its expressions may use; {@code record} is added for those over
   *     records
   * @param timeouts the named durations
   * @return never null, so that checking can go on; not to be bound when there are mistakes
   */
  public static CheckedOptions check(
      ProcessorDeclaration processor,
      @Nullable YamlNode with,
      Place step,
      Map<String, Type> names,
      Map<String, Duration> timeouts,
      Diagnostics diagnostics) {
    throw new UnsupportedOperationException();
  }
}
