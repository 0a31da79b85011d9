package dev.nightjar.plugin.json;

import dev.nightjar.spi.Rejected;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/**
 * A number as the schema validator is to see it: equal to every other way of writing it, exact
 * however large, and answering whatever type it is asked for, where Jackson's own numbers throw or
 * round.
 */
final class CheckedNumber extends DecimalNode {

  @Serial private static final long serialVersionUID = 1L;

  /** Whole numbers up to here are exact as a double, which the validator turns small ones into. */
  private static final BigDecimal EXACT_AS_DOUBLE = BigDecimal.valueOf(1L << 53);

  /** Places before or behind the point. */
  private static final int MAX_SCALE = 100_000;

  private static final MathContext SHOWN = new MathContext(10);

  private CheckedNumber(BigDecimal value) {
    super(value);
  }

  /**
   * The one node for a number.
   *
   * @throws Rejected when comparing it could take memory and time without bound
   */
  static JsonNode of(BigDecimal number) {
    var value = number.stripTrailingZeros();
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      throw new Rejected("the number " + value.round(SHOWN) + " is too large to compare");
    }
    if (value.scale() > 0 || value.abs().compareTo(EXACT_AS_DOUBLE) > 0) {
      return new CheckedNumber(value);
    }
    long whole = value.longValueExact();
    return (int) whole == whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
  }

  @Override
  public boolean isIntegralNumber() {
    return decimalValue().scale() <= 0;
  }

  @Override
  public boolean isBigInteger() {
    return isIntegralNumber();
  }

  /** A fraction is never out of range: the validator asks for its whole part, whatever it is. */
  @Override
  public boolean inLongRange() {
    return !isIntegralNumber() || super.inLongRange();
  }

  @Override
  public double doubleValue() {
    return decimalValue().doubleValue();
  }
}
