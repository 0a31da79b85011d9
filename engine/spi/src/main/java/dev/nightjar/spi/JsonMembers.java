package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where all members of an object lie, and those of the objects directly inside it, so that looking
 * at several fields of a record scans it once. Of records without {@link JsonNotes}, and for paths
 * that those do not know. Immutable.
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

  private JsonMembers(int[] places, int end) {
    this.places = places;
    this.end = end;
  }

  /**
   * The {@link JsonRange} of the value that the names lead to which a path begins with. Of two
   * members with one name the last counts.
   */
  long range(byte[] in, FieldPath path) {
    Part.Key[] keys = path.keys();
    int from = FIRST;
    int to = end;
    int found = NONE;
    for (int level = 0; level < keys.length; level++) {
      found = last(in, from, to, keys[level], level + 1);
      if (found == NONE) {
        return JsonRange.NONE;
      }
      from = found + SIZE;
      to = places[found + NEXT] & NEXT_MASK;
    }
    return JsonRange.of(places[found + VALUE], places[found + VALUE_END]);
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

  /** Takes the places as they are found. The open member of a level is in front of them. */
  static final class Builder {

    private int @Nullable [] places = new int[FIRST + SIZE * USUAL];
    private int end = FIRST;

    /** An object begins at a level, from 1; none of its members is open. */
    void begin(int level) {
      int[] known = places;
      if (known != null) {
        known[level - 1] = NONE;
      }
    }

    /**
     * A member.
     *
     * @param name where its name begins, behind the quote
     * @param sign of the name, see {@link JsonMembers#sign}
     * @param value where its value begins
     */
    void add(int level, int name, int sign, int value) {
      int[] known = places;
      if (known == null) {
        return;
      }
      if (end == known.length) {
        known = end >= FIRST + MOST * SIZE ? null : Arrays.copyOf(known, 2 * end - FIRST);
        places = known;
        if (known == null) {
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

    /** Null when there are too many members. */
    @Nullable JsonMembers members() {
      int[] known = places;
      return known == null ? null : new JsonMembers(known, end);
    }
  }
}
