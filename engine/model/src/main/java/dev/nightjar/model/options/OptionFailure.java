package dev.nightjar.model.options;

import dev.nightjar.model.diagnostic.Diagnostic;

/** An option's value, known only in the run, does not fit it; the place is where it was written. */
public final class OptionFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  public OptionFailure(Diagnostic diagnostic) {
    super(diagnostic.place() + ": " + diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
