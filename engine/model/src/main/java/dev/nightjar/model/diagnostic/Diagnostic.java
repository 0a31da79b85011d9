package dev.nightjar.model.diagnostic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a file.
 *
 * @param code what kind of mistake, stable across releases
 * @param message what is wrong, one line, names in back quotes
 * @param hints what to do, each one line
 * @param input the input of the workflow whose value it is about; null when it is about none
 */
public record Diagnostic(
    Severity severity,
    Code code,
    Place place,
    String message,
    List<String> hints,
    @Nullable String input) {

  /** Whether the file can still be used. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public Diagnostic {
    hints = List.copyOf(hints);
  }

  /** One that is about no input. */
  public Diagnostic(Severity severity, Code code, Place place, String message, List<String> hints) {
    this(severity, code, place, message, hints, null);
  }
}
