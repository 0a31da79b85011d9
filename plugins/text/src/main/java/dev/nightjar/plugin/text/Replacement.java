package dev.nightjar.plugin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** What stands in place of a match: text with {@code $1}, {@code ${name}} and {@code $$}. */
final class Replacement {

  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Group(int number) implements Part {}
  }

  private final List<Part> parts;

  private Replacement(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a replacement for a pattern.
   *
   * @throws IllegalArgumentException when it names a group that the pattern has not
   */
  static Replacement of(String text, Pattern pattern) {
    var parts = new ArrayList<Part>();
    int literal = 0;
    int dollar = text.indexOf('$');
    while (dollar >= 0) {
      if (dollar > literal) {
        parts.add(new Part.Literal(text.substring(literal, dollar)));
      }
      literal = reference(text, dollar + 1, pattern, parts);
      dollar = text.indexOf('$', literal);
    }
    if (literal < text.length()) {
      parts.add(new Part.Literal(text.substring(literal)));
    }
    return new Replacement(List.copyOf(parts));
  }

  void append(Matcher match, StringBuilder result) {
    for (Part part : parts) {
      switch (part) {
        case Part.Literal literal -> result.append(literal.text());
        case Part.Group group -> {
          String text = match.group(group.number());
          result.append(text == null ? "" : text);
        }
      }
    }
  }

  /** Reads what stands behind a dollar sign and returns where it ends. */
  private static int reference(String text, int at, Pattern pattern, List<Part> parts) {
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (next == '$') {
      parts.add(new Part.Literal("$"));
      return at + 1;
    }
    if (next == '{') {
      return named(text, at + 1, pattern, parts);
    }
    if (next >= '0' && next <= '9') {
      return numbered(text, at, pattern, parts);
    }
    throw wrong("`$` is followed by neither a group nor another `$`; write `$$` for a dollar sign");
  }

  private static int named(String text, int at, Pattern pattern, List<Part> parts) {
    int end = text.indexOf('}', at);
    if (end < 0) {
      throw wrong("`${` has no `}`");
    }
    String name = text.substring(at, end);
    Integer number = pattern.namedGroups().get(name);
    if (number == null) {
      throw wrong("the pattern has no group `" + name + "`");
    }
    parts.add(new Part.Group(number));
    return end + 1;
  }

  /** As many digits as make the number of a group that there is. */
  private static int numbered(String text, int at, Pattern pattern, List<Part> parts) {
    int number = text.charAt(at) - '0';
    if (number > pattern.groupCount()) {
      throw wrong(
          "the pattern has no group " + number + ", but " + pattern.groupCount() + " in all");
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      int longer = number * 10 + text.charAt(end) - '0';
      if (longer > pattern.groupCount()) {
        break;
      }
      number = longer;
      end++;
    }
    parts.add(new Part.Group(number));
    return end;
  }

  private static IllegalArgumentException wrong(String reason) {
    return new IllegalArgumentException("replacement: " + reason);
  }
}
