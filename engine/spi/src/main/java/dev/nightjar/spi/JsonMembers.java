package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.Arrays;
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
  private static final int NAME_END = 1;
  private static final int VALUE = 2;
  private static final int VALUE_END = 3;
  // The index of the first member that is not inside it.
  private static final int NEXT = 4;
  private static final int SIZE = 5;

  /** Where the first member lies: what is in front of it is the builder's. */
  private static final int FIRST = LEVELS;

  /** No member. */
  private static final int NONE = -1;

  private final int[] places;
  private final int end;

  private JsonMembers(int[] places, int end) {
    this.places = places;
    this.end = end;
  }

  /**
   * Goes along the names that a path begins with, as far as they are noted.
   *
   * @return the index of the last member on the way; -1 when one is not there. Of two with one name
   *     the last counts
   */
  int find(byte[] in, Part.Key[] keys) {
    int from = FIRST;
    int to = end;
    int found = NONE;
    for (int level = 0; level < keys.length; level++) {
      found = NONE;
      for (int i = from; i < to; i = places[i + NEXT]) {
        if (keys[level].isSpelt(in, places[i + NAME], places[i + NAME_END])) {
          found = i;
        }
      }
      if (found == NONE) {
        return NONE;
      }
      from = found + SIZE;
      to = places[found + NEXT];
    }
    return found;
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

    private int @Nullable [] places;
    private int end;

    /** An object begins at a level; the outermost one, at 1, forgets what was before. */
    void begin(int level) {
      if (level == 1) {
        places = Fast.ON ? new int[FIRST + SIZE * USUAL] : null;
        end = FIRST;
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

    void add(int level, int name, int nameEnd, int value) {
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
      known[end + NAME_END] = nameEnd;
      known[end + VALUE] = value;
      known[level - 1] = end;
      end += SIZE;
    }

    /** The value of the member that is open at a level ends here; of nothing when none is. */
    void endValue(int level, int at) {
      int[] known = places;
      if (known != null && known[level - 1] != NONE) {
        known[known[level - 1] + VALUE_END] = at;
        known[known[level - 1] + NEXT] = end;
      }
    }

    /** The member that was added last at a level is not there. */
    void takeBack(int level) {
      int[] known = places;
      if (known != null && known[level - 1] != NONE) {
        end = known[level - 1];
        known[level - 1] = NONE;
      }
    }

    /** Null when there is no object, or one with too many members. */
    @Nullable JsonMembers members() {
      int[] known = places;
      return known == null ? null : new JsonMembers(known, end);
    }
  }
}
