package dev.nightjar.plugin.json;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON Schema of plain keywords asks of a value. Filled once by {@link PlainCompiler}, as a
 * schema may refer to itself; then nothing changes it.
 */
final class PlainSchema {

  static final int NULL = 1;
  static final int BOOLEAN = 1 << 1;
  static final int OBJECT = 1 << 2;
  static final int ARRAY = 1 << 3;
  static final int STRING = 1 << 4;
  static final int INTEGER = 1 << 5;
  static final int FRACTION = 1 << 6;
  static final int NUMBER = INTEGER | FRACTION;
  static final int ANY = (1 << 7) - 1;

  /** Whether it asks for nothing. */
  boolean anything;

  /** How much work it is for the library: itself and each keyword. */
  int steps = 1;

  /** The types allowed, a bit each. */
  int types = ANY;

  @Nullable Values values;
  @Nullable Numbers numbers;
  @Nullable Strings strings;
  @Nullable Arrays arrays;
  @Nullable PlainObject objects;
  @Nullable Combination combination;

  /**
   * The values of {@code enum} or {@code const}.
   *
   * @param types those of null, true and false that are among them: {@link #NULL}, {@link #TRUE},
   *     {@link #FALSE}
   * @param containers whether an object or array is among them
   */
  record Values(Set<String> strings, List<BigDecimal> numbers, int types, boolean containers) {

    static final int TRUE = 1 << 1;
    static final int FALSE = 1 << 2;
  }

  /** Both lists may be empty. */
  record Numbers(List<Limit> limits, List<BigDecimal> divisors) {}

  /**
   * A limit of a number.
   *
   * @param upper whether it is the largest one allowed, not the smallest
   * @param excluded whether the limit itself is not allowed
   * @param whole the value where it is a long, else null
   */
  record Limit(BigDecimal value, boolean upper, boolean excluded, @Nullable Long whole) {

    /** Whether a number keeps to it, by how it compares with the value. */
    boolean isKept(int comparison) {
      return comparison == 0 ? !excluded : comparison < 0 == upper;
    }
  }

  /**
   * What is asked of a string; lengths count code points.
   *
   * @param bytes the pattern for strings without escapes, where it is simple
   */
  record Strings(int least, int most, @Nullable Pattern pattern, @Nullable BytePattern bytes) {

    boolean countsLength() {
      return least > 0 || most < Integer.MAX_VALUE;
    }
  }

  /**
   * What is asked of an array.
   *
   * @param first of its first elements, one each
   * @param rest of all others
   */
  record Arrays(List<PlainSchema> first, PlainSchema rest, int least, int most, boolean unique) {

    PlainSchema element(int index) {
      return index < first.size() ? first.get(index) : rest;
    }
  }

  /** Schemas of the same value: all, at least one, exactly one, none of them must hold. */
  record Combination(
      List<PlainSchema> all,
      List<PlainSchema> any,
      List<PlainSchema> one,
      List<PlainSchema> none) {}
}
