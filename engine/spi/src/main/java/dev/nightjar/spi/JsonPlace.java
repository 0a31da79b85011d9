package dev.nightjar.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in the records of one source: the whole value, a member of an object by its name, or the
 * elements of an array. Knows the gaps that have been found behind plain values there. Used by one
 * thread.
 */
final class JsonPlace {

  /** Gaps that are known behind a place. */
  private static final int MOST_GAPS = 16;

  /** Members of one object that are known; where there are more, names are data. */
  private static final int MOST_MEMBERS = 64;

  private static final byte[] NO_NAME = {};
  private static final JsonPlace[] NO_PLACES = {};
  private static final JsonGap[] NO_GAPS = {};

  private final @Nullable JsonPlace around;

  /** As it is spelt, with its quotes. */
  private final byte[] name;

  private final boolean plain;
  private final int depth;
  private final long objects;

  private JsonPlace[] members = NO_PLACES;
  private JsonPlace[] needed = NO_PLACES;
  private @Nullable JsonPlace elements;

  /** The one that was found last is the first that is expected. */
  private @Nullable JsonGap expected;

  private JsonGap[] gaps = NO_GAPS;

  /** Which of the noted places it is; -1 for none. */
  private int slot = -1;

  private JsonPlace(@Nullable JsonPlace around, byte[] name, int depth, long objects) {
    this.around = around;
    this.name = name;
    this.plain = name.length == 0 || JsonScanner.special(name, 1, name.length) == name.length - 1;
    this.depth = depth;
    this.objects = objects;
  }

  /** The place of the whole value. */
  static JsonPlace whole() {
    return new JsonPlace(null, NO_NAME, 0, 0);
  }

  /** The object or array that it lies in. */
  @Nullable JsonPlace around() {
    return around;
  }

  /** How many objects and arrays there are around it. */
  int depth() {
    return depth;
  }

  /** Which of those are objects: a bit each, the innermost lowest. */
  long objects() {
    return objects;
  }

  /** The gap that lies at an index, behind a plain value of this place; null for an unknown one. */
  @Nullable JsonGap gap(byte[] in, int at, int end) {
    JsonGap usual = expected;
    if (usual == null || usual.isAt(in, at, end)) {
      return usual;
    }
    for (JsonGap other : gaps) {
      if (other.isAt(in, at, end)) {
        expected = other;
        return other;
      }
    }
    return null;
  }

  /** Remembers a gap, if there is room. */
  void learn(JsonGap gap) {
    if (gaps.length < MOST_GAPS) {
      gap.choose();
      gaps = Arrays.copyOf(gaps, gaps.length + 1);
      gaps[gaps.length - 1] = gap;
      expected = gap;
    }
  }

  /**
   * The member whose name, with its quotes, lies in a range; null when there are too many, and this
   * one is not needed.
   */
  @Nullable JsonPlace member(byte[] in, int from, int to) {
    if (members.length >= MOST_MEMBERS) {
      return find(needed, in, from, to);
    }
    JsonPlace known = find(members, in, from, to);
    return known == null && depth < Long.SIZE - 1 ? add(Arrays.copyOfRange(in, from, to)) : known;
  }

  /** As that, of a name that mostly comes in the same array. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable JsonPlace member(byte[] name) {
    for (JsonPlace member : members) {
      if (member.name == name) {
        return member;
      }
    }
    return member(name, 0, name.length);
  }

  /** The member of a name, which is to be noted from now on. */
  JsonPlace needed(byte[] name) {
    JsonPlace known = find(needed, name, 0, name.length);
    if (known == null) {
      known = find(members, name, 0, name.length);
      known = known == null ? add(name) : known;
      needed = with(needed, known);
    }
    return known;
  }

  private static @Nullable JsonPlace find(JsonPlace[] among, byte[] in, int from, int to) {
    for (JsonPlace place : among) {
      if (Arrays.equals(place.name, 0, place.name.length, in, from, to)) {
        return place;
      }
    }
    return null;
  }

  private JsonPlace add(byte[] name) {
    var member = new JsonPlace(this, name, depth + 1, (objects << 1) | 1);
    members = with(members, member);
    return member;
  }

  private static JsonPlace[] with(JsonPlace[] places, JsonPlace more) {
    JsonPlace[] all = Arrays.copyOf(places, places.length + 1);
    all[places.length] = more;
    return all;
  }

  /** The elements; null when they lie too deep. */
  @Nullable JsonPlace elements() {
    if (elements == null && depth < Long.SIZE - 1) {
      elements = new JsonPlace(this, NO_NAME, depth + 1, objects << 1);
    }
    return elements;
  }

  /** Whether its name has no escapes. */
  boolean isPlain() {
    return plain;
  }

  boolean isNoted() {
    return slot >= 0;
  }

  int slot() {
    return slot;
  }

  /** Where in the notes the index belongs at which a value begins here, or the one after it. */
  int note(boolean begins) {
    return 2 * slot + (begins ? 0 : 1);
  }

  /** Notes where a value lies, if that is to be noted here. */
  void note(int start, int after, int[] notes) {
    if (slot >= 0) {
      notes[2 * slot] = start;
      notes[2 * slot + 1] = after;
    }
  }

  /** From now on it is noted. */
  void noteAs(int slot) {
    this.slot = slot;
  }

  /** Finds out anew what is noted in the gaps behind it and behind all that is inside. */
  void choose() {
    for (JsonGap gap : gaps) {
      gap.choose();
    }
    for (JsonPlace member : members) {
      member.choose();
    }
    if (elements != null) {
      elements.choose();
    }
  }
}
