package dev.nightjar.store;

import java.nio.file.Path;

/** How it is said that a file is not what was written to it. */
record Damage(Path file, String what) {

  /** With what was found: {@code it is empty}. */
  StoreException found(String finding) {
    return found(finding, null);
  }

  StoreException found(String finding, @org.jspecify.annotations.Nullable Throwable cause) {
    return new StoreException(
        "The %s %s is damaged: %s. Nothing was written to it. %s"
            .formatted(what, file, finding, remedy()),
        cause);
  }

  String remedy() {
    String name = String.valueOf(file.getFileName());
    return "Put %1$s from a backup in its place (and remove %1$s-wal and %1$s-shm), or move all three aside to start anew without what they hold."
        .formatted(name);
  }
}
