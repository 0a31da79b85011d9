package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Locator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads, checks and compiles expressions. */
public final class ExpressionCompiler {

  private ExpressionCompiler() {}

  /**
   * Compiles one expression.
   *
   * @param text without <code>${{</code> and <code>}}</code>
   * @param locator where its characters stand in the file
   * @param names the root names it may use, with their types
   * @return null when it has mistakes, which are then noted
   */
  public static @Nullable CompiledExpression compile(
      String text, Locator locator, Map<String, Type> names, Diagnostics diagnostics) {
    throw new UnsupportedOperationException();
  }
}
