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
    int from = 0;
    int to = end;
    int found = -1;
    for (int level = 0; level < keys.length; level++) {
      found = -1;
      for (int i = from; i < to; i = places[i + NEXT]) {
        if (keys[level].isSpelt(in, places[i + NAME], places[i + NAME_END])) {
          found = i;
        }
      }
      if (found < 0) {
        return -1;
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

  /** Takes the places as a scan comes to them. */
  static final class Builder {

    private int @Nullable [] places;
    private int end;

    // The member that is open, by level; -1 when its object has had none yet.
    private int first = -1;
    private int second = -1;
    private int third = -1;

    /** An object begins at a level, from 1. */
    void begin(int level) {
      if (level == 1) {
        places = Fast.ON ? new int[SIZE * USUAL] : null;
      }
      open(level, -1);
    }

    private void open(int level, int member) {
      switch (level) {
        case 1 -> first = member;
        case 2 -> second = member;
        default -> third = member;
      }
    }

    private int open(int level) {
      return switch (level) {
        case 1 -> first;
        case 2 -> second;
        default -> third;
      };
    }

    void add(int level, int name, int nameEnd, int value) {
      int[] known = places;
      if (known == null) {
        return;
      }
      if (end == known.length) {
        known = end >= MOST * SIZE ? null : Arrays.copyOf(known, 2 * end);
        places = known;
        if (known == null) {
          return;
        }
      }
      known[end + NAME] = name;
      known[end + NAME_END] = nameEnd;
      known[end + VALUE] = value;
      open(level, end);
      end += SIZE;
    }

    /** The value of the member that is open at a level ends here; of nothing when none is. */
    void endValue(int level, int at) {
      int[] known = places;
      int member = open(level);
      if (known != null && member >= 0) {
        known[member + VALUE_END] = at;
        known[member + NEXT] = end;
      }
    }

    /** The member that was added last at a level is not there. */
    void takeBack(int level) {
      int member = open(level);
      if (places != null && member >= 0) {
        end = member;
        open(level, -1);
      }
    }

    /** Null when there is no object, or one with too many members. */
    @Nullable JsonMembers members() {
      int[] known = places;
      return known == null ? null : new JsonMembers(known, end);
    }
  }
}
