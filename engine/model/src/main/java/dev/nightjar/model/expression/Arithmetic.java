package dev.nightjar.model.expression;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.BinaryNode;

/**
 * Computing with numbers, times and sequences. Whole numbers overflow with an error; a whole number
 * beside a double counts as one.
 */
final class Arithmetic {

  /** Characters, bytes or elements of anything an expression builds. */
  static final int LARGEST = 16 * 1024 * 1024;

  private Arithmetic() {}

  static Object add(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return exact(() -> Math.addExact(a, b));
    }
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() + b.doubleValue();
    }
    return switch (left) {
      case String a when right instanceof String b -> {
        bound((long) a.length() + b.length());
        yield a.concat(b);
      }
      case List<?> a when right instanceof List<?> b -> concatenate(a, b);
      case BinaryNode a when right instanceof BinaryNode b -> concatenate(a, b);
      case Instant a when right instanceof Duration b -> time(() -> a.plus(b));
      case Duration a when right instanceof Instant b -> time(() -> b.plus(a));
      case Duration a when right instanceof Duration b -> duration(() -> a.plus(b));
      default -> throw unfit(Operator.ADD, left, right);
    };
  }

  static Object subtract(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return exact(() -> Math.subtractExact(a, b));
    }
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() - b.doubleValue();
    }
    return switch (left) {
      case Instant a when right instanceof Instant b -> duration(() -> Duration.between(b, a));
      case Instant a when right instanceof Duration b -> time(() -> a.minus(b));
      case Duration a when right instanceof Duration b -> duration(() -> a.minus(b));
      default -> throw unfit(Operator.SUBTRACT, left, right);
    };
  }

  static Object multiply(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return exact(() -> Math.multiplyExact(a, b));
    }
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() * b.doubleValue();
    }
    throw unfit(Operator.MULTIPLY, left, right);
  }

  static Object divide(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      notZero(b);
      return exact(() -> Math.divideExact(a, b));
    }
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() / b.doubleValue();
    }
    throw unfit(Operator.DIVIDE, left, right);
  }

  static Object remainder(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      notZero(b);
      return a % b;
    }
    throw unfit(Operator.REMAINDER, left, right);
  }

  static Object negate(Object operand) {
    return switch (operand) {
      case Long whole -> exact(() -> Math.negateExact(whole));
      case Double real -> -real;
      default -> throw new EvaluationException("`-` does not take " + Types.article(operand));
    };
  }

  private static void notZero(long divisor) {
    if (divisor == 0) {
      throw new EvaluationException("division by zero");
    }
  }

  private interface Work<T> {
    T run();
  }

  private static Object exact(Work<Long> work) {
    try {
      return work.run();
    } catch (ArithmeticException overflow) {
      throw new EvaluationException("the result does not fit 64 bits");
    }
  }

  private static Object time(Work<Instant> work) {
    try {
      return TimeFunctions.inRange(work.run());
    } catch (ArithmeticException | DateTimeException overflow) {
      throw TimeFunctions.outOfRange();
    }
  }

  private static Object duration(Work<Duration> work) {
    try {
      return TimeFunctions.inRange(work.run());
    } catch (ArithmeticException overflow) {
      throw TimeFunctions.outOfRange();
    }
  }

  private static Object concatenate(List<?> a, List<?> b) {
    bound((long) a.size() + b.size());
    List<Object> joined = new ArrayList<>(a.size() + b.size());
    joined.addAll(a);
    joined.addAll(b);
    return joined;
  }

  private static Object concatenate(BinaryNode a, BinaryNode b) {
    byte[] first = a.binaryValue();
    byte[] second = b.binaryValue();
    bound((long) first.length + second.length);
    var joined = new ByteArrayOutputStream(first.length + second.length);
    joined.writeBytes(first);
    joined.writeBytes(second);
    return BinaryNode.valueOf(joined.toByteArray());
  }

  /** Keeps expressions from building what does not fit the memory. */
  static void bound(long size) {
    if (size > LARGEST) {
      throw new EvaluationException("the result would have more than 16 Mi characters or elements");
    }
  }

  private static EvaluationException unfit(Operator operator, Object left, Object right) {
    return new EvaluationException(
        "`"
            + operator.symbol()
            + "` does not take "
            + Types.article(left)
            + " and "
            + Types.article(right));
  }

  /** The type of the result, or null when there is none for operands of these types. */
  static @Nullable Type type(Operator operator, Type left, Type right) {
    if (left == Type.ANY || right == Type.ANY) {
      return partlyKnown(operator, left == Type.ANY ? right : left);
    }
    if (Types.isNumber(left) && Types.isNumber(right)) {
      Type wider = left == Type.INT ? right : left;
      return operator == Operator.REMAINDER && wider == Type.DOUBLE ? null : wider;
    }
    return switch (operator) {
      case ADD -> sum(left, right);
      case SUBTRACT -> difference(left, right);
      default -> null;
    };
  }

  /** One operand is known only when evaluated. */
  private static @Nullable Type partlyKnown(Operator operator, Type known) {
    if (operator == Operator.REMAINDER) {
      return known == Type.ANY || known == Type.INT ? Type.INT : null;
    }
    if (known == Type.ANY || known == Type.INT) {
      return Type.ANY;
    }
    if (known == Type.DOUBLE) {
      return Type.DOUBLE;
    }
    return switch (operator) {
      case ADD -> sumWith(known);
      case SUBTRACT -> known == Type.TIMESTAMP || known == Type.DURATION ? Type.ANY : null;
      default -> null;
    };
  }

  private static @Nullable Type sumWith(Type known) {
    if (known instanceof Type.ListOf) {
      return new Type.ListOf(Type.ANY);
    }
    if (known == Type.DURATION) {
      return Type.ANY;
    }
    return known == Type.STRING || known == Type.BYTES || known == Type.TIMESTAMP ? known : null;
  }

  private static @Nullable Type sum(Type left, Type right) {
    if (left instanceof Type.ListOf && right instanceof Type.ListOf) {
      return Types.either(left, right);
    }
    if (left == Type.DURATION && (right == Type.DURATION || right == Type.TIMESTAMP)) {
      return right;
    }
    if (left == Type.TIMESTAMP && right == Type.DURATION) {
      return left;
    }
    return left.equals(right) && (left == Type.STRING || left == Type.BYTES) ? left : null;
  }

  private static @Nullable Type difference(Type left, Type right) {
    if (left == Type.TIMESTAMP) {
      return right == Type.TIMESTAMP ? Type.DURATION : right == Type.DURATION ? left : null;
    }
    return left == Type.DURATION && right == Type.DURATION ? left : null;
  }
}
