package dev.nightjar.spi;

/** Paths that are looked for in the records of one source, and where they lead. Immutable. */
final class JsonTargets {

  /** No path, or no place. */
  static final int NONE = -1;

  private final JsonOutline outline;
  private final FieldPath[] paths;

  /** Of each path, which of the noted places it leads to. */
  private final int[] slots;

  /** Of each noted place, which one it lies in; NONE where that is the whole value. */
  private final int[] around;

  JsonTargets(JsonOutline outline, FieldPath[] paths, int[] slots, int[] around) {
    this.outline = outline;
    this.paths = paths;
    this.slots = slots;
    this.around = around;
  }

  /** Of an outline of which nothing was asked yet. */
  static JsonTargets none(JsonOutline outline) {
    return new JsonTargets(outline, new FieldPath[0], new int[0], new int[0]);
  }

  /** How many paths there are. */
  int size() {
    return paths.length;
  }

  /** How many places are noted. */
  int places() {
    return around.length;
  }

  /** Which of the noted places a path leads to; NONE when it is not one of these, but will be. */
  int slot(FieldPath path) {
    int index = index(paths, path);
    if (index < 0) {
      outline.want(path);
      return NONE;
    }
    return slots[index];
  }

  /** Which of the noted places another one lies in; NONE where that is the whole value. */
  int around(int slot) {
    return around[slot];
  }

  @SuppressWarnings("ReferenceEquality") // Steps keep their paths; comparing names takes longer.
  static int index(FieldPath[] paths, FieldPath path) {
    for (int i = 0; i < paths.length; i++) {
      if (paths[i] == path) {
        return i;
      }
    }
    return NONE;
  }
}
