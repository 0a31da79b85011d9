package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of an object lie, and those of the objects directly inside it, so that looking
 * at several fields of a record scans it once. Immutable.
 */
final class JsonMembers {

  /** Objects inside each other whose members are noted. */
  static final int LEVELS = 3;

  /** Members of a common record. */
  private static final int USUAL = 14;

  /** Objects with more are searched each time: the places would need more memory than the data. */
  private static final int MOST = 128;

  // What is noted of a member, in this order.
  private static final int NAME = 0;
  private static final int SIGN = 1;
  private static final int VALUE = 2;
  private static final int VALUE_END = 3;
  // The index of the first member that is not inside it; above that the level, from 1.
  private static final int NEXT = 4;
  private static final int SIZE = 5;

  /** Of a name whose sign says more than its length, in bytes. */
  private static final int LONGEST = 0xFFFF;

  /** Where the first member lies: what is in front of it is the builder's. */
  private static final int FIRST = LEVELS;

  private static final int NEXT_BITS = 16;
  private static final int NEXT_MASK = (1 << NEXT_BITS) - 1;

  /** No member. */
  private static final int NONE = -1;

  private final int[] places;
  private final int end;
  private final @Nullable JsonShape shape;

  private JsonMembers(int[] places, int end, @Nullable JsonShape shape) {
    this.places = places;
    this.end = end;
    this.shape = shape;
  }

  /**
   * Goes along the names that a path begins with, as far as they are noted.
   *
   * @return the index of the last member on the way; -1 when one is not there. Of two with one name
   *     the last counts
   */
  int find(byte[] in, FieldPath path) {
    if (shape == null) {
      return search(in, path.keys());
    }
    int found = shape.member(path);
    if (found == JsonShape.UNKNOWN) {
      found = search(in, path.keys());
      shape.remember(path, found);
    }
    return found;
  }

  private int search(byte[] in, Part.Key[] keys) {
    int from = FIRST;
    int to = end;
    int found = NONE;
    for (int level = 0; level < keys.length; level++) {
      found = last(in, from, to, keys[level], level + 1);
      if (found == NONE) {
        return NONE;
      }
      from = found + SIZE;
      to = places[found + NEXT] & NEXT_MASK;
    }
    return found;
  }

  /**
   * The last member with a name among those of a level from one index to another. Passes by those
   * inside of them, too, instead of asking each for the next: then no look waits for another.
   */
  private int last(byte[] in, int from, int to, Part.Key key, int level) {
    int sign = key.sign();
    int found = NONE;
    for (int i = from; i < to; i += SIZE) {
      int other = places[i + SIGN];
      // Where both are plain, names of another sign are others.
      if ((other == sign || (other | sign) < 0)
          && places[i + NEXT] >>> NEXT_BITS == level
          && key.isSpelt(in, places[i + NAME], places[i + NAME] + length(other))) {
        found = i;
      }
    }
    return found;
  }

  /**
   * What can be told of a name without looking at its bytes again: not negative for one without
   * escapes, which is another when its sign is. Otherwise only its length.
   *
   * @param plain whether there is no escape in it
   */
  static int sign(byte[] in, int from, int to, boolean plain) {
    int length = to - from;
    if (!plain || length > LONGEST || length == 0) {
      return ~length;
    }
    return length | (in[from] & 0xFF) << 16 | (in[to - 1] & 0x7F) << 24;
  }

  private static int length(int sign) {
    return sign < 0 ? ~sign : sign & LONGEST;
  }

  /** Where a member's value starts. */
  int start(int member) {
    return places[member + VALUE];
  }

  /** Where a member's value ends. */
  int end(int member) {
    return places[member + VALUE_END];
  }

  /** Takes the places as a scan comes to them; again and again. */
  static final class Builder {

    /** Members that may come unexpectedly: where names are data, shapes are worth nothing. */
    private static final int MOST_UNEXPECTED = 4_096;

    /** Members that there is room for at first. */
    private int room = USUAL;

    /** Of an object without members; null when shapes are not worth it. */
    private final @Nullable JsonShape empty;

    private int unexpected = MOST_UNEXPECTED;

    private int @Nullable [] places;
    private int end;
    private @Nullable JsonShape shape;

    private Builder(@Nullable JsonShape empty) {
      this.empty = empty;
    }

    /** For one object. */
    static Builder ofOne() {
      return new Builder(null);
    }

    /** For objects of which many have the same names. */
    static Builder ofMany() {
      return new Builder(Fast.ON ? JsonShape.empty() : null);
    }

    /** There is no object so far. */
    void clear() {
      places = null;
    }

    /** An object begins at a level; the outermost one, at 1, forgets what was before. */
    void begin(int level) {
      if (level == 1) {
        places = Fast.ON ? new int[FIRST + SIZE * room] : null;
        end = FIRST;
        shape = empty;
      }
      open(level, NONE);
    }

    /** The member that is open at a level is kept in front of the members, from level 1. */
    private void open(int level, int member) {
      int[] known = places;
      if (known != null) {
        known[level - 1] = member;
      }
    }

    /**
     * Whether a member begins here that is expected: then {@link #addExpected} adds it.
     *
     * @param at where its name begins, with the quote
     * @return the index after the name with its quotes; -1 when it is none of those
     */
    int expect(int level, byte[] in, int at, int end) {
      JsonShape longer = shape == null ? null : shape.follow(level, in, at, end);
      if (longer == null) {
        return NONE;
      }
      shape = longer;
      return at + longer.length();
    }

    /** Adds the member that {@link #expect} has found. */
    void addExpected(int level, int name, int value) {
      add(level, name, Objects.requireNonNull(shape).sign(), value);
    }

    /**
     * A member that was not expected.
     *
     * @param name where its name begins, behind the quote
     * @param sign of the name, see {@link JsonMembers#sign}
     * @param value where its value begins
     */
    void add(int level, byte[] in, int name, int sign, int value) {
      if (shape != null) {
        grow(level, sign, Arrays.copyOfRange(in, name - 1, name + length(sign) + 1));
      }
      add(level, name, sign, value);
    }

    /**
     * A member of a name that comes again and again.
     *
     * @param quoted its name, always in the same array
     * @param name where it was written, behind the quote
     */
    void add(int level, byte[] quoted, int name, int value) {
      JsonShape longer = shape == null ? null : shape.follow(level, quoted);
      if (longer != null) {
        shape = longer;
        add(level, name, longer.sign(), value);
        return;
      }
      int end = quoted.length - 1;
      boolean plain = JsonScanner.special(quoted, 1, end) == end;
      int sign = sign(quoted, 1, end, plain);
      grow(level, sign, quoted);
      add(level, name, sign, value);
    }

    private void grow(int level, int sign, byte[] name) {
      JsonShape before = shape;
      if (before != null) {
        shape = before.grow(level, sign, name, unexpected > 0);
        unexpected = Math.max(0, unexpected - 1);
      }
    }

    private void add(int level, int name, int sign, int value) {
      int[] known = places;
      if (known == null) {
        return;
      }
      if (end == known.length) {
        known = end >= FIRST + MOST * SIZE ? null : Arrays.copyOf(known, 2 * end - FIRST);
        places = known;
        if (known == null) {
          shape = null;
          return;
        }
      }
      known[end + NAME] = name;
      known[end + SIGN] = sign;
      known[end + VALUE] = value;
      known[level - 1] = end;
      end += SIZE;
    }

    /** The value of the member that is open at a level ends here; of nothing when none is. */
    void endValue(int level, int at) {
      int[] known = places;
      if (known != null && known[level - 1] != NONE) {
        known[known[level - 1] + VALUE_END] = at;
        known[known[level - 1] + NEXT] = end | level << NEXT_BITS;
      }
    }

    /** The member that was added last, at a level, is not there. */
    void takeBack(int level) {
      int[] known = places;
      if (known != null && known[level - 1] != NONE) {
        end = known[level - 1];
        known[level - 1] = NONE;
      }
      shape = shape == null ? null : shape.before();
    }

    /** Null when there is no object, or one with too many members. */
    @Nullable JsonMembers members() {
      int[] known = places;
      if (known == null) {
        return null;
      }
      // The next object, if there is one, is likely to have as many.
      room = Math.max(1, (end - FIRST) / SIZE);
      return new JsonMembers(known, end, shape);
    }
  }
}
