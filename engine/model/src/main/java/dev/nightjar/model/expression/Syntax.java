package dev.nightjar.model.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was written; each part knows its characters. */
sealed interface Syntax {

  int start();

  int end();

  /** A literal; the value as {@link Value} has it. */
  record Literal(Object value, int start, int end) implements Syntax {}

  /** A root name. */
  record Name(String name, int start, int end) implements Syntax {}

  /** {@code target.name}. */
  record Member(Syntax target, String name, int nameStart, int end) implements Syntax {
    @Override
    public int start() {
      return target.start();
    }
  }

  /** {@code target[key]}. */
  record Index(Syntax target, Syntax key, int end) implements Syntax {
    @Override
    public int start() {
      return target.start();
    }
  }

  /** {@code name(arguments)} or {@code target.name(arguments)}. */
  record Call(@Nullable Syntax target, String name, int nameStart, List<Syntax> arguments, int end)
      implements Syntax {
    @Override
    public int start() {
      return target == null ? nameStart : target.start();
    }
  }

  /** {@code !operand}. */
  record Not(Syntax operand, int start) implements Syntax {
    @Override
    public int end() {
      return operand.end();
    }
  }

  /** {@code -operand}. */
  record Negation(Syntax operand, int start) implements Syntax {
    @Override
    public int end() {
      return operand.end();
    }
  }

  /** Two operands with something between. */
  record Binary(Operator operator, Syntax left, Syntax right) implements Syntax {
    @Override
    public int start() {
      return left.start();
    }

    @Override
    public int end() {
      return right.end();
    }
  }

  /** Two or more operands joined by {@code &&}, or by {@code ||}. */
  record Logic(boolean and, List<Syntax> operands) implements Syntax {
    @Override
    public int start() {
      return operands.getFirst().start();
    }

    @Override
    public int end() {
      return operands.getLast().end();
    }
  }

  /** {@code test ? then : otherwise}. */
  record Choice(Syntax test, Syntax then, Syntax otherwise) implements Syntax {
    @Override
    public int start() {
      return test.start();
    }

    @Override
    public int end() {
      return otherwise.end();
    }
  }

  /** {@code [a, b]}. */
  record ListLiteral(List<Syntax> elements, int start, int end) implements Syntax {}

  /** <code>{k: v}</code>; as many keys as values. */
  record MapLiteral(List<Syntax> keys, List<Syntax> values, int start, int end) implements Syntax {}

  /** Something in parentheses, with them. */
  record Group(Syntax inner, int start, int end) implements Syntax {}
}
