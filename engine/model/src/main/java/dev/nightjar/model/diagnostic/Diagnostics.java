package dev.nightjar.model.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one or more files; one message a mistake, first come first kept. */
public final class Diagnostics {

  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Known> known = new HashSet<>();

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
    if (known.add(new Known(diagnostic.code(), diagnostic.place(), diagnostic.message()))) {
      found.add(diagnostic);
    }
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
  }

  /** All of them by file, line and column. */
  public List<Diagnostic> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparing((Diagnostic one) -> one.place().source().name())
                .thenComparingInt(one -> one.place().start()))
        .toList();
  }
}
