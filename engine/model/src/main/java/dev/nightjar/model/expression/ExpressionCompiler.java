package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Locator;
import dev.nightjar.spi.DataRecord;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads, checks and compiles expressions. */
public final class ExpressionCompiler {

  /** Characters of one expression: far more than anybody reads. */
  private static final int LONGEST = 10_000;

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
    var notes = new Notes(locator, diagnostics);
    if (text.length() > LONGEST) {
      notes.add(Code.BAD_EXPRESSION, 0, 1, "an expression has at most 10,000 characters");
      return null;
    }
    if (text.isBlank()) {
      notes.add(Code.BAD_EXPRESSION, 0, text.length(), "an expression is missing here");
      return null;
    }
    try {
      var checker = new Checker(text, names, notes);
      Checker.Typed root = checker.check(Parser.parse(text));
      return notes.count() > 0 ? null : new Compiled(text, root, checker.references());
    } catch (Mistake mistake) {
      mistake.note(notes);
      return null;
    }
  }

  /** An expression without mistakes. */
  private static final class Compiled implements CompiledExpression {

    private final String text;
    private final Checker.Typed root;
    private final Set<List<String>> references;

    Compiled(String text, Checker.Typed root, Set<List<String>> references) {
      this.text = text;
      this.root = root;
      this.references = Collections.unmodifiableSet(new LinkedHashSet<>(references));
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public Type type() {
      return root.type();
    }

    @Override
    public Set<List<String>> references() {
      return references;
    }

    @Override
    public JsonNode evaluate(Scope scope, @Nullable DataRecord record) {
      return Value.json(root.node().evaluate(new Node.Frame(scope, record)));
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
