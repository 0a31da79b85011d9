package dev.nightjar.plugin.json;

import dev.nightjar.spi.FieldPath;

/** Paths that are keys of an option's map. */
final class Paths {

  private Paths() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming the option
   */
  static FieldPath read(String option, String path) {
    try {
      return FieldPath.of(path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": `" + path + "`: " + e.getMessage(), e);
    }
  }
}
