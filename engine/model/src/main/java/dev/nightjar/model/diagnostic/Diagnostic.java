package dev.nightjar.model.diagnostic;

import java.util.List;

/**
 * One thing wrong with a file.
 *
 * @param code what kind of mistake, stable across releases
 * @param message what is wrong, one line, names in back quotes
 * @param hints what to do, each one line
 */
public record Diagnostic(
    Severity severity, Code code, Place place, String message, List<String> hints) {

  /** Whether the file can still be used. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public Diagnostic {
    hints = List.copyOf(hints);
  }
}
