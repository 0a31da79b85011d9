package dev.nightjar.model.expression;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Locator;

/** Where the mistakes of one expression go, and how many there were. */
final class Notes {

  private final Locator locator;
  private final Diagnostics diagnostics;
  private int count;

  Notes(Locator locator, Diagnostics diagnostics) {
    this.locator = locator;
    this.diagnostics = diagnostics;
  }

  void add(Code code, int start, int end, String message, String... hints) {
    count++;
    diagnostics.error(code, locator.place(start, end), message, hints);
  }

  int count() {
    return count;
  }
}
