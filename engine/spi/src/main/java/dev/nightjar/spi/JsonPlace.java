package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
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

  /** Members of one object that have a place; where there are more, names are data. */
  private static final int MOST_MEMBERS = 256;

  /** Bytes of memory, about, without its name. */
  private static final int WEIGHT = 128;

  private static final byte[] NO_NAME = {};
  private static final JsonPlace[] NO_PLACES = {};
  private static final JsonGap[] NO_GAPS = {};

  private final JsonOutline outline;
  private final @Nullable JsonPlace around;

  /** As it is spelt, with its quotes. */
  private final byte[] name;

  /** What it means, where it is spelt with an escape. */
  private final @Nullable String meant;

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

  /** The place of the whole value. */
  JsonPlace(JsonOutline outline) {
    this.outline = outline;
    this.around = null;
    this.name = NO_NAME;
    this.meant = null;
    this.depth = 0;
    this.objects = 0;
  }

  private JsonPlace(JsonPlace around, byte[] name, @Nullable String meant, long objects) {
    this.outline = around.outline;
    this.around = around;
    this.name = name;
    this.meant = meant;
    this.depth = around.depth + 1;
    this.objects = objects;
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
    if (gaps.length < MOST_GAPS && outline.takeRoom(gap.weight())) {
      gap.choose();
      gaps = Arrays.copyOf(gaps, gaps.length + 1);
      gaps[gaps.length - 1] = gap;
      expected = gap;
    }
  }

  /**
   * The member whose name, with its quotes, lies in a range. Null when it has no place: where names
   * are data, only those have one that are needed; or it lies too deep, or it may be another
   * spelling of one that is needed.
   */
  @Nullable JsonPlace member(byte[] in, int from, int to) {
    if (members.length >= MOST_MEMBERS) {
      return find(needed, in, from, to);
    }
    JsonPlace known = find(members, in, from, to);
    return known == null ? make(Arrays.copyOfRange(in, from, to)) : known;
  }

  /** As that, of a name that mostly comes in the same array. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable JsonPlace member(byte[] name) {
    for (JsonPlace member : members) {
      if (member.name == name) {
        return member;
      }
    }
    JsonPlace known = find(members, name, 0, name.length);
    return known == null && members.length < MOST_MEMBERS ? make(name) : known;
  }

  private @Nullable JsonPlace make(byte[] name) {
    String meant = meaning(name);
    boolean may = depth < Long.SIZE - 1 && !(meant != null && isNeeded(meant));
    return may && outline.takeRoom(WEIGHT + name.length) ? add(name, meant) : null;
  }

  /** What a name in quotes means; null when it is spelt as it is. */
  private static @Nullable String meaning(byte[] name) {
    int end = name.length - 1;
    return JsonScanner.special(name, 1, end) == end ? null : JsonReader.text(name, 1, end);
  }

  private boolean isNeeded(String meant) {
    byte[] quoted = Part.Key.quoted(meant);
    return find(needed, quoted, 0, quoted.length) != null;
  }

  /** The member of a name without escapes, which is to be noted from now on. */
  JsonPlace needed(String name) {
    byte[] quoted = Part.Key.quoted(name);
    JsonPlace known = find(needed, quoted, 0, quoted.length);
    if (known == null) {
      known = find(members, quoted, 0, quoted.length);
      known = known == null ? add(quoted, null) : known;
      needed = with(needed, known);
    }
    return known;
  }

  /** Whether a member of a name has a place under another spelling. */
  boolean isSpeltOtherwise(String name) {
    for (JsonPlace member : members) {
      if (name.equals(member.meant)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable JsonPlace find(JsonPlace[] among, byte[] in, int from, int to) {
    for (JsonPlace place : among) {
      if (Arrays.equals(place.name, 0, place.name.length, in, from, to)) {
        return place;
      }
    }
    return null;
  }

  private JsonPlace add(byte[] name, @Nullable String meant) {
    var member = new JsonPlace(this, name, meant, (objects << 1) | 1);
    members = with(members, member);
    return member;
  }

  private static JsonPlace[] with(JsonPlace[] places, JsonPlace more) {
    JsonPlace[] all = Arrays.copyOf(places, places.length + 1);
    all[places.length] = more;
    return all;
  }

  /** The elements; null when they have no place. */
  @Nullable JsonPlace elements() {
    if (elements == null && depth < Long.SIZE - 1 && outline.takeRoom(WEIGHT)) {
      elements = new JsonPlace(this, NO_NAME, null, objects << 1);
    }
    return elements;
  }

  /** Whether something inside of it is noted. */
  boolean isNotedInside() {
    return needed.length > 0;
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
