package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;

/** Says why an operator does not take its operands, and what was perhaps meant. */
final class Mismatches {

  private Mismatches() {}

  static Checker.Typed note(Checker checker, Syntax.Binary binary, Type left, Type right) {
    Operator operator = binary.operator();
    String message =
        switch (operator) {
          case EQUAL, UNEQUAL -> Types.article(left) + " is never equal to " + Types.article(right);
          case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
              Types.article(left) + " has no order with " + Types.article(right);
          case IN -> in(left, right);
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
              "`"
                  + operator.symbol()
                  + "` does not take "
                  + Types.article(left)
                  + " and "
                  + Types.article(right);
        };
    String hint = hint(checker, binary, left, right);
    return hint.isEmpty()
        ? checker.mistake(Code.TYPE_MISMATCH, binary, message)
        : checker.mistake(Code.TYPE_MISMATCH, binary, message, hint);
  }

  private static String in(Type left, Type right) {
    return right instanceof Type.ListOf list
        ? "a list of " + Types.name(list.element()) + " never holds " + Types.article(left)
        : "`in` looks into lists and maps, not into " + Types.article(right);
  }

  private static String hint(Checker checker, Syntax.Binary binary, Type left, Type right) {
    String first = checker.quoted(binary.left());
    String second = checker.quoted(binary.right());
    Operator operator = binary.operator();
    if (operator == Operator.IN) {
      return right == Type.STRING ? "write " + second + ".contains(" + first + ")" : "";
    }
    if (operator == Operator.REMAINDER && left == Type.DOUBLE) {
      return "write int(" + first + ") % …";
    }
    if (operator == Operator.ADD && left == Type.STRING) {
      return "write " + first + " + string(" + second + ")";
    }
    if (operator == Operator.ADD && right == Type.STRING) {
      return "write string(" + first + ") + " + second;
    }
    if (binary.left() instanceof Syntax.Binary && left == Type.BOOL && right != Type.BOOL) {
      return "write a < b && b < c for a < b < c";
    }
    return comparison(first, second, left, right);
  }

  private static String comparison(String first, String second, Type left, Type right) {
    if (left == Type.STRING) {
      return conversion(first, right);
    }
    return right == Type.STRING ? conversion(second, left) : "";
  }

  private static String conversion(String text, Type wanted) {
    boolean known =
        Types.isNumber(wanted)
            || wanted == Type.BOOL
            || wanted == Type.TIMESTAMP
            || wanted == Type.DURATION;
    return known ? "write " + Types.name(wanted) + "(" + text + ")" : "";
  }
}
