package dev.nightjar.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of an object lie, so that looking at several fields of a record scans it once.
 * Immutable.
 */
final class JsonMembers {

  /** Members of a common record. */
  private static final int USUAL = 16;

  /** Objects with more are searched each time: the places would need more memory than the data. */
  private static final int MOST = 128;

  /** A member's name starts and ends, its value starts and ends. */
  private static final int PLACES = 4;

  private final int[] places;
  private final int end;

  private JsonMembers(int[] places, int end) {
    this.places = places;
    this.end = end;
  }

  /** The number of a member, or -1; of two with one name the last counts. */
  int find(byte[] in, FieldPath.Part.Key key) {
    for (int i = end - PLACES; i >= 0; i -= PLACES) {
      if (key.isSpelt(in, places[i], places[i + 1])) {
        return i / PLACES;
      }
    }
    return -1;
  }

  /** Where a member's value starts. */
  int start(int member) {
    return places[member * PLACES + 2];
  }

  /** Where a member's value ends. */
  int end(int member) {
    return places[member * PLACES + 3];
  }

  /** Takes the places as a scan comes to them. */
  static final class Builder {

    private int @Nullable [] places;
    private int end;

    /** There is an object. */
    void begin() {
      places = Fast.ON ? new int[PLACES * USUAL] : null;
    }

    void add(int nameStart, int nameEnd, int value) {
      int[] known = places;
      if (known == null) {
        return;
      }
      if (end == known.length) {
        known = end == MOST * PLACES ? null : Arrays.copyOf(known, 2 * end);
        places = known;
        if (known == null) {
          return;
        }
      }
      known[end] = nameStart;
      known[end + 1] = nameEnd;
      known[end + 2] = value;
      end += PLACES;
    }

    /** The value that was added last ends here; of nothing when there is none. */
    void endValue(int at) {
      int[] known = places;
      if (known != null && end > 0) {
        known[end - 1] = at;
      }
    }

    /** Null when there is no object, or one with too many members. */
    @Nullable JsonMembers members() {
      int[] known = places;
      return known == null ? null : new JsonMembers(known, end);
    }
  }
}
