package dev.nightjar.stage.plugin;

import java.nio.file.Path;

/**
 * A jar in the plugin folder that cannot be used, or not wholly. It harms nobody who does not need
 * it.
 *
 * @param message what is wrong and what to do, one line
 */
public record Problem(Path jar, String message) {

  /** {@code plugins/hello.jar: message}. */
  @Override
  public String toString() {
    return jar + ": " + message;
  }
}
