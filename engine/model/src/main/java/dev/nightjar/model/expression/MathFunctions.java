package dev.nightjar.model.expression;

import static dev.nightjar.model.expression.Overload.global;
import static dev.nightjar.model.expression.Overload.many;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The functions under the name {@code math}. */
final class MathFunctions {

  private MathFunctions() {}

  static Map<String, List<Overload>> functions() {
    return Map.of(
        "math.greatest", extremes(1),
        "math.least", extremes(-1),
        "math.abs",
            List.of(
                global(Type.INT, a -> absolute((Long) a[0]), Type.INT),
                global(Type.DOUBLE, a -> Math.abs((Double) a[0]), Type.DOUBLE)),
        "math.ceil", rounding(Math::ceil),
        "math.floor", rounding(Math::floor),
        "math.round", rounding(MathFunctions::halfAwayFromZero),
        "math.trunc", rounding(value -> value < 0 ? Math.ceil(value) : Math.floor(value)));
  }

  private static List<Overload> extremes(int direction) {
    return List.of(
        new Overload(
            false,
            List.of(new Type.ListOf(Type.ANY)),
            false,
            Type.ANY,
            a -> extreme((List<?>) a[0], direction)),
        many(Type.INT, a -> extreme(List.of(a), direction), Type.INT),
        many(Type.DOUBLE, a -> extreme(List.of(a), direction), Type.DOUBLE),
        many(Type.ANY, a -> extreme(List.of(a), direction), Type.ANY));
  }

  private static Object extreme(List<?> values, int direction) {
    if (values.isEmpty()) {
      throw new EvaluationException("an empty list has no greatest or least");
    }
    Object best = number(values.getFirst());
    for (Object candidate : values.subList(1, values.size())) {
      Object value = number(candidate);
      if (Value.compare(value, best) * direction > 0) {
        best = value;
      }
    }
    return best;
  }

  private static Object number(Object raw) {
    Object value = Value.of(raw);
    if (!(value instanceof Number)) {
      throw new EvaluationException(Types.article(value) + " is no number");
    }
    return value;
  }

  private static Object absolute(long value) {
    if (value == Long.MIN_VALUE) {
      throw new EvaluationException("the result does not fit 64 bits");
    }
    return Math.abs(value);
  }

  /** Whole numbers are taken too and stay: JSON writes 3.0 as 3. */
  private static List<Overload> rounding(DoubleUnaryOperator round) {
    return List.of(
        global(Type.DOUBLE, a -> round.applyAsDouble((Double) a[0]), Type.DOUBLE),
        global(Type.INT, a -> a[0], Type.INT));
  }

  private static double halfAwayFromZero(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(0, RoundingMode.HALF_UP).doubleValue()
        : value;
  }
}
