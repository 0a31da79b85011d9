package dev.nightjar.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a field lies inside a JSON record: {@code customer.name}, {@code items[0].sku}, {@code "odd
 * key".x}; {@code items[*].sku} is every element's.
 */
public final class FieldPath {

  private final String text;
  private final List<Part> parts;
  private final Part[] steps;
  private final boolean many;

  /** The names it begins with, as many as {@link JsonMembers} knows of. */
  private final Part.Key[] keys;

  private final boolean plain;

  /** One way further in. */
  public sealed interface Part {
    /** Into an object. */
    final class Key implements Part {
      private final String name;

      /** Its UTF-8, which most records spell it with; null when it cannot be without escapes. */
      private final byte @Nullable [] plain;

      private final int sign;

      public Key(String name) {
        this.name = name;
        byte[] bytes = Utf8.isPlain(name) ? name.getBytes(StandardCharsets.UTF_8) : null;
        this.plain = bytes;
        this.sign = bytes == null ? -1 : JsonMembers.sign(bytes, 0, bytes.length, true);
      }

      /** A name that needs no escapes, in quotes. */
      static byte[] quoted(String name) {
        return ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8);
      }

      /** As {@link JsonMembers#sign}; negative when every name has to be looked at. */
      int sign() {
        return sign;
      }

      public String name() {
        return name;
      }

      /** Whether the bytes between two quotes spell it. */
      boolean isSpelt(byte[] in, int from, int to) {
        if (plain == null) {
          return JsonReader.text(in, from, to).equals(name);
        }
        // Escapes only make a name longer.
        if (to - from < plain.length) {
          return false;
        }
        for (int i = 0; i < plain.length; i++) {
          if (in[from + i] != plain[i]) {
            return in[from + i] == '\\' && JsonReader.text(in, from, to).equals(name);
          }
        }
        return to - from == plain.length;
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Key key && key.name.equals(name);
      }

      @Override
      public int hashCode() {
        return name.hashCode();
      }

      @Override
      public String toString() {
        return "Key[" + name + "]";
      }
    }

    /** Into an array, from 0. */
    record Index(int index) implements Part {}

    /** Into every element of an array. */
    record Every() implements Part {}
  }

  /**
   * A path.
   *
   * @param text as written
   * @param parts from the outside in
   */
  public FieldPath(String text, List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a field path needs a part");
    }
    this.text = text;
    this.parts = List.copyOf(parts);
    this.steps = parts.toArray(Part[]::new);
    this.many = parts.stream().anyMatch(Part.Every.class::isInstance);
    this.keys =
        parts.stream()
            .takeWhile(Part.Key.class::isInstance)
            .limit(JsonMembers.LEVELS)
            .toArray(Part.Key[]::new);
    this.plain = keys.length > 0 && Arrays.stream(keys).allMatch(key -> key.plain != null);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** From the outside in. */
  public List<Part> parts() {
    return parts;
  }

  /** The same; not to be changed. */
  Part[] steps() {
    return steps;
  }

  Part.Key[] keys() {
    return keys;
  }

  /** Whether those names are all of it. */
  boolean isKeys() {
    return keys.length == steps.length;
  }

  /** Whether it begins with names, and those need no escapes. */
  boolean beginsPlain() {
    return plain;
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
    return many;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldPath path && path.text.equals(text) && path.parts.equals(parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** As written. */
  @Override
  public String toString() {
    return text;
  }
}
