package dev.nightjar.spi;

import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.NumericFPNode;

/**
 * A JSON number that keeps the characters it was written with: {@code 1.00}, {@code 1E+5}, {@code
 * -0}. It is turned into a number when somebody computes with it, and then {@link Rejected} where
 * that would take memory and time without bound.
 */
final class ExactNumber extends NumericFPNode {

  @Serial private static final long serialVersionUID = 1L;

  /** Most digits to compute with: a tenth of a millisecond to read, no trouble to multiply. */
  static final int MAX_DIGITS = 10_000;

  /** Largest exponent, either way, to compute with: as many digits again when written out. */
  private static final int MAX_EXPONENT = 10_000;

  private final String text;
  // Immutable, so that two threads may both make it.
  private transient @Nullable BigDecimal value;

  ExactNumber(String text) {
    this.text = text;
  }

  @Override
  protected String _asString() {
    return text;
  }

  @Override
  public void serialize(JsonGenerator generator, SerializationContext context) {
    generator.writeNumber(text);
  }

  @Override
  protected BigDecimal _asDecimalValueUnchecked() {
    BigDecimal known = value;
    if (known == null) {
      if (!isBounded()) {
        throw new Rejected(
            "the number %s has too many digits to compute with".formatted(abbreviated()));
      }
      known = new BigDecimal(text);
      value = known;
    }
    return known;
  }

  @Override
  protected BigInteger _asBigIntegerValueUnchecked() {
    return _asDecimalValueUnchecked().toBigInteger();
  }

  private String abbreviated() {
    return text.length() <= 40 ? text : text.substring(0, 30) + "…";
  }

  /** Whether computing with it is cheap. */
  private boolean isBounded() {
    return text.length() <= MAX_DIGITS && Math.abs(exponent()) <= MAX_EXPONENT;
  }

  /** What stands behind the {@code e}, held to what an int can count. */
  private int exponent() {
    int e = exponentMark();
    if (e == text.length()) {
      return 0;
    }
    boolean negative = text.charAt(e + 1) == '-';
    long exponent = 0;
    for (int i = e + 1; i < text.length() && exponent < Integer.MAX_VALUE; i++) {
      if (Character.isDigit(text.charAt(i))) {
        exponent = exponent * 10 + (text.charAt(i) - '0');
      }
    }
    int bounded = (int) Math.min(exponent, Integer.MAX_VALUE);
    return negative ? -bounded : bounded;
  }

  private int exponentMark() {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    return e < 0 ? text.length() : e;
  }

  /** Whether all digits are zeros. */
  private boolean isZero() {
    return text.substring(0, exponentMark()).chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  @Override
  public boolean hasFractionalPart() {
    if (isBounded()) {
      BigDecimal decimal = _asDecimalValueUnchecked();
      return decimal.scale() > 0 && decimal.stripTrailingZeros().scale() > 0;
    }
    return !isZero() && lowestPlace() < 0;
  }

  /** The power of ten that the last digit other than zero stands for. */
  private long lowestPlace() {
    int end = exponentMark();
    int point = text.indexOf('.') < 0 ? end : text.indexOf('.');
    int last = end - 1;
    while (text.charAt(last) == '0' || text.charAt(last) == '.') {
      last--;
    }
    return (long) exponent() + point - last - (last < point ? 1 : 0);
  }

  @Override
  public boolean isIntegralNumber() {
    return text.indexOf('.') < 0 && exponentMark() == text.length() && !text.equals("-0");
  }

  @Override
  public boolean isBigDecimal() {
    return true;
  }

  @Override
  public boolean isNaN() {
    return false;
  }

  @Override
  public JsonParser.NumberType numberType() {
    return JsonParser.NumberType.BIG_DECIMAL;
  }

  @Override
  public Number numberValue() {
    return _asDecimalValueUnchecked();
  }

  @Override
  public boolean inShortRange() {
    return isWithin(Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public boolean inIntRange() {
    return isWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public boolean inLongRange() {
    return isWithin(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private boolean isWithin(long least, long most) {
    if (!isBounded()) {
      // Out of bounds and yet small: zero or a fraction, neither of which rounding takes far.
      double near = Double.parseDouble(text);
      return near >= least && near < most;
    }
    BigDecimal decimal = _asDecimalValueUnchecked();
    return decimal.compareTo(BigDecimal.valueOf(least)) >= 0
        && decimal.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  @Override
  public short _asShortValueUnchecked() {
    return (short) _asLongValueUnchecked();
  }

  @Override
  public int _asIntValueUnchecked() {
    return (int) _asLongValueUnchecked();
  }

  @Override
  public long _asLongValueUnchecked() {
    return isBounded() ? _asDecimalValueUnchecked().longValue() : (long) Double.parseDouble(text);
  }

  @Override
  public double doubleValue() {
    double near = Double.parseDouble(text);
    if (!Double.isFinite(near)) {
      throw new Rejected("the number %s is too large for a double".formatted(abbreviated()));
    }
    return near;
  }

  @Override
  public double doubleValue(double otherwise) {
    return doubleValueOpt().orElse(otherwise);
  }

  @Override
  public OptionalDouble doubleValueOpt() {
    double near = Double.parseDouble(text);
    return Double.isFinite(near) ? OptionalDouble.of(near) : OptionalDouble.empty();
  }

  @Override
  public double asDouble() {
    return doubleValue();
  }

  @Override
  public double asDouble(double otherwise) {
    return doubleValue(otherwise);
  }

  @Override
  public OptionalDouble asDoubleOpt() {
    return doubleValueOpt();
  }

  @Override
  public float floatValue() {
    float near = Float.parseFloat(text);
    if (!Float.isFinite(near)) {
      throw new Rejected("the number %s is too large for a float".formatted(abbreviated()));
    }
    return near;
  }

  @Override
  public float floatValue(float otherwise) {
    return floatValueOpt().orElse(otherwise);
  }

  @Override
  public Optional<Float> floatValueOpt() {
    float near = Float.parseFloat(text);
    return Float.isFinite(near) ? Optional.of(near) : Optional.empty();
  }

  @Override
  public float asFloat() {
    return floatValue();
  }

  @Override
  public float asFloat(float otherwise) {
    return floatValue(otherwise);
  }

  @Override
  public Optional<Float> asFloatOpt() {
    return floatValueOpt();
  }

  /** The same value, however written; beyond the bounds of computing, the same characters. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ExactNumber that)) {
      return false;
    }
    return text.equals(that.text)
        || (isBounded()
            && that.isBounded()
            && _asDecimalValueUnchecked().compareTo(that._asDecimalValueUnchecked()) == 0);
  }

  @Override
  public int hashCode() {
    return isBounded()
        ? _asDecimalValueUnchecked().stripTrailingZeros().hashCode()
        : text.hashCode();
  }
}
