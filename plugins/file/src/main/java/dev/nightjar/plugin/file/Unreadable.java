package dev.nightjar.plugin.file;

/** A file that cannot be read, and that no further attempt will make readable. */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message, null, false, false);
  }

  /** Which file, why, and what to do. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
