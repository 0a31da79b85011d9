package dev.nightjar.plugin.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Times of change as ISO instants, as {@link Instant#toString} gives them. Files that lie side by
 * side were often written within the same second: what they have in common is formatted once. Used
 * by one thread.
 */
final class Stamps {

  private static final int NANOS = 1_000_000_000;

  private long second = Long.MIN_VALUE;
  private String start = "";

  /** When a file was last changed. */
  String modified(BasicFileAttributes file) {
    return of(file.lastModifiedTime().toInstant());
  }

  String of(Instant time) {
    if (time.getEpochSecond() != second) {
      String text = Instant.ofEpochSecond(time.getEpochSecond()).toString();
      second = time.getEpochSecond();
      start = text.substring(0, text.length() - 1);
    }
    int nanos = time.getNano();
    return nanos == 0 ? start + "Z" : start + "." + fraction(nanos) + "Z";
  }

  /** Three digits, or six or nine where there is more. */
  private static String fraction(int nanos) {
    String digits = Integer.toString(NANOS + nanos);
    int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    return digits.substring(1, 1 + length);
  }
}
