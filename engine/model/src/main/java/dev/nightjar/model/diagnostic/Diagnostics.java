package dev.nightjar.model.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong with one or more files; one message a mistake, first come first kept.
 *
 * <p>Of a file with thousands of mistakes the first ones are kept and the others counted.
 */
public final class Diagnostics {

  /**
   * More than anybody mends before trying again, and printed in a blink, however long the lines.
   */
  private static final int KEPT = 200;

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Known> known = new HashSet<>();

  private boolean errors;

  private record Known(Code code, Place place, String message) {}

  /** Notes a mistake that keeps the file from being used. */
  public void error(Code code, Place place, String message, String... hints) {
    add(new Diagnostic(Diagnostic.Severity.ERROR, code, place, message, List.of(hints)));
  }

  /** Notes something that is probably not meant. */
  public void warning(Code code, Place place, String message, String... hints) {
    add(new Diagnostic(Diagnostic.Severity.WARNING, code, place, message, List.of(hints)));
  }

  /** Notes it, unless the same was noted for that place: an alias reads one place twice. */
  public void add(Diagnostic diagnostic) {
    errors |= diagnostic.severity() == Diagnostic.Severity.ERROR;
    boolean first =
        known.add(new Known(diagnostic.code(), diagnostic.place(), diagnostic.message()));
    if (first && found.size() < KEPT) {
      found.add(diagnostic);
    }
  }

  public boolean hasErrors() {
    return errors;
  }

  /** How many were not kept. */
  public int more() {
    return known.size() - found.size();
  }

  /** Those kept, by file, line and column. */
  public List<Diagnostic> sorted() {
    if (found.isEmpty()) {
      return List.of();
    }
    return found.stream()
        .sorted(
            Comparator.comparing((Diagnostic one) -> one.place().source().name())
                .thenComparingInt(one -> one.place().start()))
        .toList();
  }
}
