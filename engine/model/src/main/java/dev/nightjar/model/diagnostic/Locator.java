package dev.nightjar.model.diagnostic;

/** Knows where the characters of a value (a scalar without its quotes and escapes) were written. */
@FunctionalInterface
public interface Locator {

  /** The place of the value's characters from {@code start} to before {@code end}. */
  Place place(int start, int end);
}
