package dev.nightjar.spi;

import dev.nightjar.spi.JsonGap.Mark;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way of a scan through what the records before had in common: where it is, what it notes
 * there, and what it learns of gaps that are new. Used by one thread, for one record after the
 * other.
 */
final class JsonTrail {

  /** Bytes of a gap that is remembered. */
  private static final int LONGEST = 256;

  /** Places that begin or end in it. */
  private static final int MOST_MARKS = 16;

  private static final int[] NO_NOTES = {};

  /** Null where no record is like another. */
  private final @Nullable JsonOutline outline;

  private int[] notes = NO_NOTES;

  /** Whether the notes are to be relied on. */
  private boolean noted;

  /** The innermost object or array around that has a place; null when none has. */
  private @Nullable JsonPlace inside;

  /** How many there are inside of that one; they have no place. */
  private int unknown;

  /** Of the value that is to begin; null when it has no place. */
  private @Nullable JsonPlace next;

  // Of the gap that is learned: where it began, behind which place, and what is in it.
  private @Nullable JsonPlace behind;
  private int start;
  private final Mark[] marks;
  private int marked;

  private JsonTrail(@Nullable JsonOutline outline) {
    this.outline = outline;
    this.marks = new Mark[outline == null ? 0 : MOST_MARKS];
  }

  /** Through one record. */
  static JsonTrail ofOne() {
    return new JsonTrail(null);
  }

  /** Through many, of which one may be like another. */
  static JsonTrail ofMany() {
    return new JsonTrail(new JsonOutline());
  }

  /** A record begins; where it does so, or null when it is not worth to follow it. */
  @Nullable JsonPlace begin() {
    inside = null;
    next = null;
    behind = null;
    unknown = 0;
    return outline == null ? null : begin(outline);
  }

  private @Nullable JsonPlace begin(JsonOutline outline) {
    outline.begin();
    noted = outline.isUseful();
    notes = noted ? outline.room() : NO_NOTES;
    return noted ? outline.before() : null;
  }

  /** Where the places that are noted are to be written. */
  int[] notes() {
    return notes;
  }

  /** Some gaps were known. */
  void followed(int gaps) {
    if (outline != null) {
      outline.followed(gaps);
    }
  }

  /**
   * A gap begins that is not known.
   *
   * @param place of the plain value before it; null when it has none
   */
  void leave(@Nullable JsonPlace place, int at) {
    behind = place;
    if (place != null && outline != null) {
      outline.missed();
      start = at;
      marked = 0;
      inside = place.around();
      unknown = 0;
      next = outline.behind(place);
    }
  }

  /** The value that was to begin here is an object or array. */
  void open(int at) {
    if (next == null) {
      if (unknown == 0) {
        // Were it to get a place later, a gap that has learned of none would pass it by.
        behind = null;
      }
      unknown++;
      return;
    }
    mark(next, at, true);
    inside = next;
    next = null;
  }

  /** The innermost object or array ends before an index. */
  void close(int at) {
    if (unknown > 0) {
      unknown--;
    } else if (inside != null) {
      mark(inside, at, false);
      inside = inside.around();
    }
  }

  /**
   * A member is to begin.
   *
   * @param from where its name begins, with the quote
   * @param plain whether there is no escape in it
   */
  void member(byte[] in, int from, int to, boolean plain) {
    next = unknown > 0 || inside == null ? null : inside.member(in, from, to);
    if (next == null && !plain) {
      // It may be the name of a place that is noted, spelt otherwise.
      noted = false;
    }
  }

  /** An element is to begin. */
  void element() {
    next = unknown > 0 || inside == null ? null : inside.elements();
  }

  private void mark(JsonPlace place, int at, boolean begins) {
    if (place.isNoted()) {
      notes[place.note(begins)] = at;
    }
    if (marked == MOST_MARKS) {
      behind = null;
    } else if (behind != null) {
      marks[marked++] = new Mark(place, at - start, begins);
    }
  }

  /** A plain value begins here; its place. */
  @Nullable JsonPlace arrive(byte[] in, int at) {
    if (next != null) {
      learn(in, at, next);
    }
    return next;
  }

  /** The record ends here. */
  void end(byte[] in, int at) {
    learn(in, at, null);
  }

  private void learn(byte[] in, int at, @Nullable JsonPlace target) {
    JsonPlace place = behind;
    if (place == null || outline == null) {
      return;
    }
    outline.learned();
    if (at > start && at - start <= LONGEST) {
      byte[] bytes = Arrays.copyOfRange(in, start, at);
      place.learn(new JsonGap(bytes, target, Arrays.copyOf(marks, marked)));
    }
  }

  /** What was noted of the record that has ended; null when that is not to be relied on. */
  @Nullable JsonNotes result() {
    if (outline == null || !noted) {
      return null;
    }
    return outline.notes(notes);
  }
}
