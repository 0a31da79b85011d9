package dev.nightjar.spi;

/** Where a value lies, in one number and so without an object for each look. */
final class JsonRange {

  /** There is no value. */
  static final long NONE = -1;

  /** Nobody has looked yet. */
  static final long UNKNOWN = -2;

  private JsonRange() {}

  /** From an index to before another one. */
  static long of(int start, int end) {
    return ((long) end << Integer.SIZE) | start;
  }

  static int start(long range) {
    return (int) range;
  }

  static int end(long range) {
    return (int) (range >>> Integer.SIZE);
  }
}
