package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Locator;
import dev.nightjar.spi.DataRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A value with expressions in it: <code>out/${{ inputs.day }}/x-${{ record.id }}</code>.
 *
 * <p>A value that is one expression and nothing else keeps that expression's type. Inside text a
 * string is written as it is, null as nothing, bytes as the text they are, anything else as JSON.
 * <code>$${{</code> stands for <code>${{</code> itself.
 */
public final class Interpolation {

  private final String text;
  private final List<Segment> segments;

  private Interpolation(String text, List<Segment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
  }

  private sealed interface Segment {
    record Literal(String text) implements Segment {}

    record Computed(CompiledExpression expression) implements Segment {}
  }

  /**
   * Finds and compiles the expressions of a value.
   *
   * @param locator where its characters stand in the file
   * @param names the root names the expressions may use, with their types
   * @return null when there are mistakes, which are then noted
   */
  public static @Nullable Interpolation compile(
      String text, Locator locator, Map<String, Type> names, Diagnostics diagnostics) {
    List<Segment> segments = new ArrayList<>();
    boolean whole = true;
    try {
      for (Piece piece : Piece.split(text)) {
        Segment segment = segment(piece, locator, names, diagnostics);
        if (segment == null) {
          whole = false;
        } else {
          segments.add(segment);
        }
      }
    } catch (Mistake mistake) {
      mistake.note(new Notes(locator, diagnostics));
      return null;
    }
    return whole ? new Interpolation(text, segments) : null;
  }

  private static @Nullable Segment segment(
      Piece piece, Locator locator, Map<String, Type> names, Diagnostics diagnostics) {
    if (!piece.expression()) {
      return new Segment.Literal(piece.text());
    }
    Locator shifted = (start, end) -> locator.place(piece.start() + start, piece.start() + end);
    CompiledExpression compiled =
        ExpressionCompiler.compile(piece.text(), shifted, names, diagnostics);
    return compiled == null ? null : new Segment.Computed(compiled);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Whether there is no expression in it. */
  public boolean constant() {
    return segments.stream().allMatch(Segment.Literal.class::isInstance);
  }

  /** Whether it is one expression and nothing else. */
  public boolean single() {
    return segments.size() == 1 && segments.getFirst() instanceof Segment.Computed;
  }

  /** What it gives: a string, unless it is a single expression. */
  public Type type() {
    return segments.size() == 1 && segments.getFirst() instanceof Segment.Computed one
        ? one.expression().type()
        : Type.STRING;
  }

  /** The paths its expressions read, as far as they are constant. */
  public Set<List<String>> references() {
    Set<List<String>> references = new LinkedHashSet<>();
    for (Segment segment : segments) {
      if (segment instanceof Segment.Computed computed) {
        references.addAll(computed.expression().references());
      }
    }
    return Collections.unmodifiableSet(references);
  }

  /**
   * The value.
   *
   * @param record what {@code record} stands for
   * @throws EvaluationException when an expression has no value, or the text gets too long
   */
  public JsonNode evaluate(Scope scope, @Nullable DataRecord record) {
    if (segments.size() == 1 && segments.getFirst() instanceof Segment.Computed one) {
      return one.expression().evaluate(scope, record);
    }
    var out = new BoundedText();
    for (Segment segment : segments) {
      switch (segment) {
        case Segment.Literal literal -> out.write(literal.text());
        case Segment.Computed computed -> out.append(computed.expression().evaluate(scope, record));
      }
    }
    return StringNode.valueOf(out.toString());
  }

  /**
   * A stretch of the value.
   *
   * @param text of an expression, what stands between the braces
   * @param start its first character in the value
   */
  private record Piece(boolean expression, String text, int start) {

    private static final String OPENING = "${{";
    private static final String ESCAPED = "$${{";

    static List<Piece> split(String text) {
      List<Piece> pieces = new ArrayList<>();
      var literal = new StringBuilder();
      int at = 0;
      while (at < text.length()) {
        if (text.startsWith(ESCAPED, at)) {
          literal.append(OPENING);
          at += ESCAPED.length();
        } else if (text.startsWith(OPENING, at)) {
          flush(literal, pieces);
          int start = at + OPENING.length();
          int end = closing(text, start);
          pieces.add(new Piece(true, text.substring(start, end), start));
          at = end + 2;
        } else {
          literal.append(text.charAt(at++));
        }
      }
      flush(literal, pieces);
      return pieces;
    }

    private static void flush(StringBuilder literal, List<Piece> pieces) {
      if (!literal.isEmpty()) {
        pieces.add(new Piece(false, literal.toString(), -1));
        literal.setLength(0);
      }
    }

    /** Where the two braces stand that close it: outside strings, and of no map. */
    private static int closing(String text, int start) {
      int open = 0;
      int at = start;
      while (at < text.length()) {
        if (open == 0 && text.startsWith("}}", at)) {
          return at;
        }
        if (Quoted.startsAt(text, at)) {
          at = Quoted.skip(text, at);
          continue;
        }
        open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
        at++;
      }
      throw new Mistake(
          start - OPENING.length(),
          start,
          "`${{` is not closed by `}}`",
          "write $${{ for the characters themselves");
    }
  }
}
