package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostic;
import dev.nightjar.model.diagnostic.Place;
import java.util.List;

/** Reading cannot go on: what follows the mistake in the file has no certain meaning. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  Refused(Code code, Place place, String message, String... hints) {
    super(message, null, false, false);
    diagnostic = new Diagnostic(Diagnostic.Severity.ERROR, code, place, message, List.of(hints));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
