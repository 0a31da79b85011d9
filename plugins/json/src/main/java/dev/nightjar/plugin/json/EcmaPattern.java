package dev.nightjar.plugin.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;

/**
 * Regular expressions of JSON Schema, which are ECMAScript's, for a matcher of linear time: what
 * the two write differently is translated. Look-around and back-references have no linear time and
 * are errors.
 */
final class EcmaPattern {

  /** ECMAScript's white space and line ends, as members of a class. */
  private static final String SPACE =
      "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          Map.entry("Letter", "L"),
          Map.entry("Lowercase_Letter", "Ll"),
          Map.entry("Uppercase_Letter", "Lu"),
          Map.entry("Titlecase_Letter", "Lt"),
          Map.entry("Mark", "M"),
          Map.entry("Number", "N"),
          Map.entry("Decimal_Number", "Nd"),
          Map.entry("digit", "Nd"),
          Map.entry("Punctuation", "P"),
          Map.entry("punct", "P"),
          Map.entry("Symbol", "S"),
          Map.entry("Currency_Symbol", "Sc"),
          Map.entry("Math_Symbol", "Sm"),
          Map.entry("Separator", "Z"),
          Map.entry("Space_Separator", "Zs"));

  private final String in;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean inClass;

  private EcmaPattern(String in) {
    this.in = in;
  }

  /**
   * Compiles a pattern that may match anywhere in a text.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Pattern compile(String pattern) {
    try {
      PatternSize.check(pattern);
      return Pattern.compile(new EcmaPattern(pattern).translated());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          e.getDescription()
              + " at `"
              + e.getPattern()
              + "` (look-around and back-references are not supported)",
          e);
    }
  }

  private String translated() {
    while (at < in.length()) {
      char c = in.charAt(at++);
      switch (c) {
        case '\\' -> escape();
        case '[' -> openClass();
        case ']' -> {
          inClass = false;
          out.append(c);
        }
        case '.' -> out.append(inClass ? "." : "[^\\n\\r\\x{2028}\\x{2029}]");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private void openClass() {
    if (inClass) {
      out.append("\\[");
    } else if (in.startsWith("^]", at)) {
      at += 2;
      out.append("(?s:.)");
    } else if (in.startsWith("]", at)) {
      at++;
      out.append("[^\\x{0}-\\x{10FFFF}]");
    } else {
      inClass = true;
      out.append('[');
    }
  }

  private void escape() {
    char c = at < in.length() ? in.charAt(at++) : '\\';
    switch (c) {
      case 'u' -> unicode();
      case 'c' -> control();
      case 'p', 'P' -> property(c);
      case 's' -> out.append(inClass ? SPACE : "[" + SPACE + "]");
      case 'S' -> out.append(inClass ? "\\S" : "[^" + SPACE + "]");
      case 'b' -> out.append(inClass ? "\\x08" : "\\b");
      case '0' -> out.append("\\x00");
      default -> out.append('\\').append(c);
    }
  }

  /** Four digits, two times four for characters outside the basic plane, or any in braces. */
  private void unicode() {
    if (in.startsWith("{", at)) {
      out.append("\\x");
      return;
    }
    int code = digits(at);
    at += 4;
    if (Character.isHighSurrogate((char) code) && in.startsWith("\\u", at)) {
      code = Character.toCodePoint((char) code, (char) digits(at + 2));
      at += 6;
    }
    out.append("\\x{").append(Integer.toHexString(code)).append('}');
  }

  private int digits(int from) {
    try {
      return Integer.parseInt(in, from, Math.min(from + 4, in.length()), 16);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalArgumentException("`\\u` must be followed by four hexadecimal digits", e);
    }
  }

  private void control() {
    int code = at < in.length() ? in.charAt(at++) % 32 : 0;
    out.append("\\x{").append(Integer.toHexString(code)).append('}');
  }

  private void property(char escape) {
    int end = in.indexOf('}', at);
    if (!in.startsWith("{", at) || end < 0) {
      out.append('\\').append(escape);
      return;
    }
    String name = in.substring(at + 1, end);
    String value = name.substring(name.indexOf('=') + 1);
    out.append('\\').append(escape).append('{').append(CATEGORIES.getOrDefault(value, value));
    out.append('}');
    at = end + 1;
  }
}
