package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one source have in common: the places of their values, the gaps between them,
 * and the places that steps look for, which are noted of each record. Followed and grown by one
 * thread; asked by any.
 */
final class JsonOutline {

  /** Paths whose places are noted; a workflow's steps rarely look for more. */
  private static final int MOST_WANTED = 16;

  /** Gaps that may come unexpectedly: where all names are data, an outline is worth nothing. */
  private static final int PATIENCE = 4_096;

  /** Known gaps that make up for one that has to be learned: places and gaps are looked through. */
  private static final int LEARNED = 6;

  /** Bytes of memory, about, for places and gaps; each task may have an outline. */
  private static final int ROOM = 2 << 20;

  private static final int[] NO_NOTES = {};

  private final JsonPlace before = new JsonPlace(this);
  private final JsonPlace whole = new JsonPlace(this);

  private int patience = PATIENCE;
  private int room = ROOM;

  /** Of each noted place, which one it lies in. */
  private final List<Integer> around = new ArrayList<>();

  private JsonTargets targets = JsonTargets.none(this);

  /** What was asked for so far, by any thread. */
  private volatile FieldPath[] wanted = {};

  /** Where a record begins: in front of the whole value. */
  JsonPlace before() {
    return before;
  }

  /** The place of a value that begins right behind a place; null when that takes a name. */
  @Nullable JsonPlace behind(JsonPlace place) {
    return place.equals(before) ? whole : null;
  }

  JsonPlace whole() {
    return whole;
  }

  /** Whether it is worth being followed. */
  boolean isUseful() {
    return patience > 0;
  }

  /** There was a gap that is not known. */
  void missed() {
    patience--;
  }

  /** It was learned, or there was no room for it. */
  void learned() {
    patience -= LEARNED;
  }

  /** There were some that are known. */
  void followed(int gaps) {
    patience = Math.min(PATIENCE, patience + gaps);
  }

  /** Whether there is memory for something more, which is then taken. */
  boolean takeRoom(int bytes) {
    boolean there = room >= bytes;
    room -= there ? bytes : 0;
    return there;
  }

  /** A record begins. */
  void begin() {
    if (wanted.length != targets.size()) {
      notePlaces();
    }
  }

  /** Room for the notes of a record. */
  int[] room() {
    int count = targets.places();
    return count == 0 ? NO_NOTES : new int[2 * count];
  }

  /** The notes of the record that has begun. */
  JsonNotes notes(int[] places) {
    return new JsonNotes(targets, places);
  }

  /** Asks for where a path leads in the records to come. */
  void want(FieldPath path) {
    if (wanted.length < MOST_WANTED) {
      add(path);
    }
  }

  private synchronized void add(FieldPath path) {
    FieldPath[] before = wanted;
    if (before.length < MOST_WANTED && JsonTargets.index(before, path) < 0) {
      FieldPath[] more = Arrays.copyOf(before, before.length + 1);
      more[before.length] = path;
      wanted = more;
    }
  }

  private void notePlaces() {
    FieldPath[] paths = wanted;
    var slots = new int[paths.length];
    for (int i = 0; i < paths.length; i++) {
      slots[i] = notePlace(paths[i]);
    }
    before.choose();
    whole.choose();
    targets = new JsonTargets(this, paths, slots, around.stream().mapToInt(i -> i).toArray());
  }

  /** Notes where a path's names lead, and all on the way; which of the noted places it is. */
  private int notePlace(FieldPath path) {
    JsonPlace place = whole;
    int slot = JsonTargets.NONE;
    for (Part.Key key : path.keys()) {
      if (place.isSpeltOtherwise(key.name())) {
        // Known gaps lead to it without being noted.
        patience = 0;
      }
      place = place.needed(key.name());
      if (!place.isNoted()) {
        place.noteAs(around.size());
        around.add(slot);
      }
      slot = place.slot();
    }
    return slot;
  }
}
