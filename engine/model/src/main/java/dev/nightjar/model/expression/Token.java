package dev.nightjar.model.expression;

import org.jspecify.annotations.Nullable;

/**
 * One word of an expression.
 *
 * @param text as written; of the end, nothing
 * @param value of a literal
 * @param start its first character in the expression
 * @param end behind its last
 */
record Token(Kind kind, String text, @Nullable Object value, int start, int end) {

  enum Kind {
    LITERAL,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind != Kind.LITERAL && text.equals(symbol);
  }

  /** As a message names it. */
  String shown() {
    return kind == Kind.END ? "the end" : "`" + Mistake.cut(text) + "`";
  }
}
