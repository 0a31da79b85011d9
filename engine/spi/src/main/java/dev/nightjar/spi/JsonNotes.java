package dev.nightjar.spi;

/** Where some places of one record lie: those that steps have looked for before. Immutable. */
final class JsonNotes {

  private final JsonTargets targets;

  /** Of each noted place where its value begins, and the index after it; 0 where it is not. */
  private final int[] places;

  JsonNotes(JsonTargets targets, int[] places) {
    this.targets = targets;
    this.places = places;
  }

  /** The {@link JsonRange} of the value that the names lead to which a path begins with. */
  long range(FieldPath path) {
    int slot = targets.slot(path);
    if (slot == JsonTargets.NONE) {
      return JsonRange.UNKNOWN;
    }
    int start = places[2 * slot];
    if (start == 0) {
      return JsonRange.NONE;
    }
    // Of two members with one name the last counts: what was in the other one is not there.
    for (int outer = targets.around(slot); outer >= 0; outer = targets.around(outer)) {
      if (places[2 * outer] > start) {
        return JsonRange.NONE;
      }
    }
    return JsonRange.of(start, places[2 * slot + 1]);
  }
}
