package dev.nightjar.spi;

import java.util.List;

/**
 * Where a field lies inside a JSON record: {@code customer.name}, {@code items[0].sku}, {@code "odd
 * key".x}; {@code items[*].sku} is every element's.
 *
 * @param text as written
 * @param parts from the outside in
 */
public record FieldPath(String text, List<Part> parts) {

  /** One way further in. */
  public sealed interface Part {
    /** Into an object. */
    record Key(String name) implements Part {}

    /** Into an array, from 0. */
    record Index(int index) implements Part {}

    /** Into every element of an array. */
    record Every() implements Part {}
  }

  public FieldPath {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a field path needs a part");
    }
  }

  /**
   * Reads a path. A name is any characters but {@code . [ ] "} and blanks at its ends; other names
   * stand in quotes, written as a JSON string.
   *
   * @throws IllegalArgumentException saying what is wrong and at which character
   */
  public static FieldPath of(String text) {
    return new FieldPath(text, FieldPathReader.read(text));
  }

  /** Whether there is a {@code [*]} in it. */
  boolean leadsToMany() {
    for (Part part : parts) {
      if (part instanceof Part.Every) {
        return true;
      }
    }
    return false;
  }

  /** As written. */
  @Override
  public String toString() {
    return text;
  }
}
