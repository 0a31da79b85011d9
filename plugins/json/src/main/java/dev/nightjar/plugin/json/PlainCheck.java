package dev.nightjar.plugin.json;

import com.google.re2j.Pattern;
import dev.nightjar.plugin.json.PlainObject.ByPattern;
import dev.nightjar.plugin.json.PlainSchema.Combination;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.JsonBytes;
import dev.nightjar.spi.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds records against a plain schema, on their bytes. It says yes only where the library would
 * say it, too; in all other cases the library has to be asked. Used by one thread.
 *
 * <p>A method that checks a value returns the index after it where the value is valid, and the
 * complement of that index, which is negative, where it is not.
 */
final class PlainCheck {

  /** Schemas inside each other; the library might run out of stack where this does not. */
  private static final int MAX_DEPTH = 64;

  /** A fraction of those that the library takes before it gives up on a record. */
  private static final int MAX_STEPS = 5_000_000;

  private static final byte[] NOTHING = {};

  /** Leaves a record to the library. Has no stack: it is no mistake. */
  private static final class Unsure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unsure() {
      super(null, null, false, false);
    }
  }

  private final PlainSchema root;
  private final PlainNumber number = new PlainNumber();
  private byte[] in = NOTHING;
  private int end;
  private int depth;
  private int steps;

  /** How many schemas we are in of which to break one may be right. */
  private int reversed;

  PlainCheck(PlainSchema root) {
    this.root = root;
  }

  /** Whether a record is valid for sure. */
  boolean accepts(DataRecord record) {
    if (record.kind() != Kind.JSON || record.hasTree()) {
      return false;
    }
    in = record.array();
    end = record.offset() + record.size();
    depth = 0;
    steps = 0;
    reversed = 0;
    try {
      return check(root, space(record.offset())) >= 0;
    } catch (Unsure leftToTheLibrary) {
      return false;
    } finally {
      in = NOTHING;
    }
  }

  private int check(PlainSchema schema, int start) {
    if (schema.anything) {
      return skip(start);
    }
    depth++;
    steps += schema.steps;
    if (depth > MAX_DEPTH || steps > MAX_STEPS) {
      throw new Unsure();
    }
    int after = value(schema, start);
    Combination combination = schema.combination;
    if (combination != null && !holds(combination, start)) {
      after = after < 0 ? after : ~after;
    }
    depth--;
    return after;
  }

  private int value(PlainSchema schema, int start) {
    return switch (in[start]) {
      case '{' -> object(schema, start);
      case '[' -> array(schema, start);
      case '"' -> string(schema, start);
      case 't' -> literal(schema, PlainSchema.BOOLEAN, PlainSchema.Values.TRUE, start + 4);
      case 'f' -> literal(schema, PlainSchema.BOOLEAN, PlainSchema.Values.FALSE, start + 5);
      case 'n' -> literal(schema, PlainSchema.NULL, PlainSchema.NULL, start + 4);
      default -> number(schema, start);
    };
  }

  private boolean holds(Combination combination, int start) {
    boolean holds = true;
    for (PlainSchema each : combination.all()) {
      holds &= check(each, start) >= 0;
    }
    if (!combination.any().isEmpty()) {
      holds &= isAny(combination.any(), start);
    }
    if (!combination.one().isEmpty() || !combination.none().isEmpty()) {
      reversed++;
      holds &= combination.one().isEmpty() || count(combination.one(), start) == 1;
      holds &= count(combination.none(), start) == 0;
      reversed--;
    }
    return holds;
  }

  private boolean isAny(List<PlainSchema> schemas, int start) {
    for (PlainSchema each : schemas) {
      if (check(each, start) >= 0) {
        return true;
      }
    }
    return false;
  }

  private int count(List<PlainSchema> schemas, int start) {
    int count = 0;
    for (PlainSchema each : schemas) {
      count += check(each, start) >= 0 ? 1 : 0;
    }
    return count;
  }

  private static int judged(boolean valid, int after) {
    return valid ? after : ~after;
  }

  private static int literal(PlainSchema schema, int type, int value, int after) {
    PlainSchema.Values values = schema.values;
    boolean valid = (schema.types & type) != 0 && (values == null || (values.types() & value) != 0);
    return judged(valid, after);
  }

  private int number(PlainSchema schema, int start) {
    int after = number.read(in, start, end);
    if (after < 0) {
      throw new Unsure();
    }
    int type = number.isInteger() ? PlainSchema.INTEGER : PlainSchema.FRACTION;
    boolean valid = (schema.types & type) != 0;
    PlainSchema.Values values = schema.values;
    valid &= values == null || number.isAmong(values.numbers());
    PlainSchema.Numbers numbers = schema.numbers;
    return judged(valid && (numbers == null || isWithin(numbers)), after);
  }

  private boolean isWithin(PlainSchema.Numbers numbers) {
    for (PlainSchema.Limit limit : numbers.limits()) {
      if (!number.keeps(limit)) {
        return false;
      }
    }
    for (BigDecimal divisor : numbers.divisors()) {
      if (!number.isMultipleOf(divisor)) {
        return false;
      }
    }
    return true;
  }

  private int string(PlainSchema schema, int start) {
    int close = JsonBytes.closingQuote(in, start + 1, end);
    boolean valid = (schema.types & PlainSchema.STRING) != 0;
    PlainSchema.Values values = schema.values;
    valid &= values == null || values.strings().contains(StringBytes.text(in, start + 1, close));
    PlainSchema.Strings strings = schema.strings;
    if (strings != null) {
      valid &= !strings.countsLength() || hasLength(strings, start + 1, close);
      valid &= strings.pattern() == null || matches(strings, start + 1, close);
    }
    return judged(valid, close + 1);
  }

  private boolean matches(PlainSchema.Strings strings, int from, int to) {
    BytePattern bytes = strings.bytes();
    if (bytes != null && !StringBytes.isEscaped(in, from, to)) {
      return bytes.matches(in, from, to);
    }
    Pattern pattern = strings.pattern();
    return pattern == null || pattern.matcher(StringBytes.text(in, from, to)).find();
  }

  private boolean hasLength(PlainSchema.Strings strings, int from, int to) {
    int length = StringBytes.codePoints(in, from, to);
    return length >= strings.least() && length <= strings.most();
  }

  private int array(PlainSchema schema, int start) {
    boolean valid = container(schema, PlainSchema.ARRAY);
    PlainSchema.Arrays arrays = schema.arrays;
    if (arrays == null) {
      return judged(valid, skip(start));
    }
    int count = 0;
    int at = space(start + 1);
    while (in[at] != ']') {
      int after = check(arrays.element(count), at);
      valid &= after >= 0;
      count++;
      at = next(after < 0 ? ~after : after);
    }
    valid &= count >= arrays.least() && count <= arrays.most();
    return judged(valid && (!arrays.unique() || count < 2 || isDistinct(start)), at + 1);
  }

  /** Whether an object or array may be valid, by its type. */
  private static boolean container(PlainSchema schema, int type) {
    PlainSchema.Values values = schema.values;
    if (values != null && values.containers()) {
      throw new Unsure();
    }
    return values == null && (schema.types & type) != 0;
  }

  private boolean isDistinct(int array) {
    var seen = new HashSet<Object>();
    int at = space(array + 1);
    boolean distinct = true;
    while (in[at] != ']') {
      int after = skip(at);
      distinct &= seen.add(identity(at, after));
      at = next(after);
    }
    return distinct;
  }

  /** Equal for equal values. */
  private Object identity(int start, int after) {
    return switch (in[start]) {
      case '"' -> StringBytes.text(in, start + 1, after - 1);
      case 't', 'f', 'n' -> (char) in[start];
      case '{', '[' -> throw new Unsure();
      default -> {
        number.read(in, start, end);
        yield number.decimal().stripTrailingZeros();
      }
    };
  }

  private int object(PlainSchema schema, int start) {
    boolean valid = container(schema, PlainSchema.OBJECT);
    PlainObject objects = schema.objects;
    return objects == null ? judged(valid, skip(start)) : members(objects, valid, start);
  }

  private int members(PlainObject objects, boolean type, int start) {
    boolean valid = type;
    long[] seen = objects.noneSeen();
    Set<String> others = reversed > 0 || objects.counts() ? new HashSet<>() : null;
    int count = 0;
    int guess = 0;
    int at = space(start + 1);
    while (in[at] != '}') {
      int close = endOfName(at + 1);
      boolean escaped = close < 0;
      close = escaped ? ~close : close;
      int value = space(space(close + 1) + 1);
      int known = escaped ? find(objects, at + 1, close) : objects.find(in, at + 1, close, guess);
      int after;
      if (known >= 0) {
        guess = known + 1;
        requireFirst(PlainObject.note(known, seen));
        after = check(objects.schema(known), value);
      } else {
        after = other(objects, at + 1, close, value, others);
      }
      valid &= after >= 0;
      count++;
      at = next(after < 0 ? ~after : after);
    }
    return judged(valid && objects.areAllThere(seen) && objects.allows(count), at + 1);
  }

  /** Of two members with one name only the last counts, which is known too late. */
  private static void requireFirst(boolean first) {
    if (!first) {
      throw new Unsure();
    }
  }

  private int find(PlainObject objects, int from, int to) {
    byte[] name = StringBytes.text(in, from, to).getBytes(StandardCharsets.UTF_8);
    return objects.find(name, 0, name.length, 0);
  }

  /**
   * Checks a member that the schema does not know by name.
   *
   * @param others the names of those so far, where it matters that each has one of its own: where
   *     all values of one name are valid, so is the last
   */
  private int other(
      PlainObject objects, int from, int to, int value, @Nullable Set<String> others) {
    if (others == null && objects.patterns().isEmpty()) {
      return check(objects.additional(), value);
    }
    String name = StringBytes.text(in, from, to);
    requireFirst(others == null || others.add(name));
    boolean valid = true;
    boolean matched = false;
    for (ByPattern each : objects.patterns()) {
      if (each.name().matcher(name).find()) {
        matched = true;
        valid &= check(each.schema(), value) >= 0;
      }
    }
    if (!matched) {
      return check(objects.additional(), value);
    }
    return judged(valid, skip(value));
  }

  /** The index of the quote that ends a name; the complement where there are escapes in it. */
  private int endOfName(int from) {
    boolean escaped = false;
    int at = from;
    while (in[at] != '"') {
      if (in[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    return escaped ? ~at : at;
  }

  /** The index after a value of which nothing is asked but numbers that the library can take. */
  private int skip(int start) {
    int open = 0;
    int at = start;
    do {
      switch (in[at]) {
        case '"' -> at = JsonBytes.closingQuote(in, at + 1, end) + 1;
        case '{', '[' -> {
          open++;
          at++;
        }
        case '}', ']' -> {
          open--;
          at++;
        }
        case 't', 'n' -> at += 4;
        case 'f' -> at += 5;
        case ',', ':', ' ', '\n', '\r', '\t' -> at++;
        default -> at = skipNumber(at);
      }
    } while (open > 0);
    return at;
  }

  private int skipNumber(int start) {
    int after = PlainNumber.skip(in, start, end);
    if (after < 0) {
      throw new Unsure();
    }
    return after;
  }

  /** From behind an element or member to the next one or the closing bracket. */
  private int next(int after) {
    int at = space(after);
    return in[at] == ',' ? space(at + 1) : at;
  }

  private int space(int start) {
    int at = start;
    while (at < end && in[at] <= ' ' && in[at] >= 0) {
      at++;
    }
    return at;
  }
}
