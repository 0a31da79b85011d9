package dev.nightjar.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of an object lie, so that looking at several fields of a record scans it once.
 * Immutable.
 */
final class JsonMembers {

  /** Members of a common record. */
  private static final int USUAL = 12;

  /** Objects with more are searched each time: the places would need more memory than the data. */
  private static final int MOST = 128;

  /** Three a member: where its name starts and ends, and where its value starts. */
  private final int[] places;

  private final int count;

  private JsonMembers(int[] places, int count) {
    this.places = places;
    this.count = count;
  }

  /** The members of the object that starts at an index; null when they are too many. */
  static @Nullable JsonMembers of(JsonFields fields, byte[] in, int object) {
    int[] places = new int[3 * USUAL];
    int count = 0;
    int at = fields.space(object + 1);
    while (in[at] != '}') {
      if (count == MOST) {
        return null;
      }
      if (3 * count == places.length) {
        places = Arrays.copyOf(places, 2 * places.length);
      }
      int afterName = fields.skip(at);
      int value = fields.space(fields.space(afterName) + 1);
      places[3 * count] = at + 1;
      places[3 * count + 1] = afterName - 1;
      places[3 * count + 2] = value;
      count++;
      at = fields.next(fields.skip(value));
    }
    return new JsonMembers(places, count);
  }

  /** Where the value of a name starts, or -1; of two with one name the last counts. */
  int find(JsonFields fields, String name) {
    for (int i = 3 * (count - 1); i >= 0; i -= 3) {
      if (fields.isNamed(places[i], places[i + 1], name)) {
        return places[i + 2];
      }
    }
    return -1;
  }
}
