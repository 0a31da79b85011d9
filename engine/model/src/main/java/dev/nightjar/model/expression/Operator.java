package dev.nightjar.model.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What stands between two operands, apart from {@code &&} and {@code ||}. */
enum Operator {
  EQUAL("==", 0),
  UNEQUAL("!=", 0),
  LESS("<", 0),
  LESS_OR_EQUAL("<=", 0),
  GREATER(">", 0),
  GREATER_OR_EQUAL(">=", 0),
  IN("in", 0),
  ADD("+", 1),
  SUBTRACT("-", 1),
  MULTIPLY("*", 2),
  DIVIDE("/", 2),
  REMAINDER("%", 2);

  /** The level that binds closest. */
  static final int LEVELS = 2;

  private final String symbol;
  private final int level;

  Operator(String symbol, int level) {
    this.symbol = symbol;
    this.level = level;
  }

  /** The operator of that level a word is, if it is one. */
  static @Nullable Operator of(Token token, int level) {
    for (Operator operator : values()) {
      if (operator.level == level && token.is(operator.symbol)) {
        return operator;
      }
    }
    return null;
  }

  String symbol() {
    return symbol;
  }

  /**
   * The value of the two.
   *
   * @throws EvaluationException when there is none
   */
  Object apply(Object left, Object right) {
    return switch (this) {
      case EQUAL -> Value.same(left, right);
      case UNEQUAL -> !Value.same(left, right);
      case LESS -> ordered(left, right) && Value.compare(left, right) < 0;
      case LESS_OR_EQUAL -> ordered(left, right) && Value.compare(left, right) <= 0;
      case GREATER -> ordered(left, right) && Value.compare(left, right) > 0;
      case GREATER_OR_EQUAL -> ordered(left, right) && Value.compare(left, right) >= 0;
      case IN -> contains(left, right);
      case ADD -> Arithmetic.add(left, right);
      case SUBTRACT -> Arithmetic.subtract(left, right);
      case MULTIPLY -> Arithmetic.multiply(left, right);
      case DIVIDE -> Arithmetic.divide(left, right);
      case REMAINDER -> Arithmetic.remainder(left, right);
    };
  }

  /** The type of what it gives, or null when it never takes operands of these types. */
  @Nullable Type type(Type left, Type right) {
    return switch (this) {
      case EQUAL, UNEQUAL -> Types.comparable(left, right) ? Type.BOOL : null;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          hasOrder(left) && hasOrder(right) && Types.comparable(left, right) ? Type.BOOL : null;
      case IN -> holds(right, left) ? Type.BOOL : null;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> Arithmetic.type(this, left, right);
    };
  }

  private static boolean hasOrder(Type type) {
    return type instanceof Type.Simple && type != Type.NULL;
  }

  private static boolean holds(Type container, Type element) {
    return switch (container) {
      case Type.ListOf list -> Types.comparable(list.element(), element);
      case Type.MapOf map -> isKey(element);
      case Type.Fields fields -> isKey(element);
      case Type.Simple simple -> simple == Type.Simple.ANY;
    };
  }

  private static boolean isKey(Type type) {
    return type == Type.ANY || type == Type.STRING || type == Type.BOOL || Types.isNumber(type);
  }

  /** NaN is neither before nor behind anything; other pairs have an order or are mistakes. */
  private static boolean ordered(Object left, Object right) {
    boolean numbers = left instanceof Number && right instanceof Number;
    return !numbers
        || !(Double.isNaN(((Number) left).doubleValue())
            || Double.isNaN(((Number) right).doubleValue()));
  }

  private static boolean contains(Object element, Object container) {
    return switch (container) {
      case List<?> list -> list.stream().anyMatch(one -> Value.same(element, one));
      case ObjectNode object -> isKey(element) && Value.element(object, element) != null;
      case Map<?, ?> map -> isKey(element) && Value.element(map, element) != null;
      default ->
          throw new EvaluationException(
              "`in` looks into lists and maps, not into " + Types.article(container));
    };
  }

  private static boolean isKey(Object value) {
    if (!Value.isKey(value) && !(value instanceof Double)) {
      throw new EvaluationException(Types.article(value) + " is no key of a map");
    }
    return Value.isKey(Value.key(value));
  }
}
