package dev.nightjar.spi;

import dev.nightjar.spi.FieldPath.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link FieldPath}. */
final class FieldPathReader {

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  private FieldPathReader(String text) {
    this.text = text;
  }

  static List<Part> read(String text) {
    return new FieldPathReader(text).read();
  }

  private List<Part> read() {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a field path is empty: write a name, such as `customer`");
    }
    if (text.charAt(0) != '[') {
      key();
    }
    while (at < text.length()) {
      switch (text.charAt(at)) {
        case '.' -> {
          at++;
          key();
        }
        case '[' -> element();
        default -> throw wrong("expected . or [");
      }
    }
    return parts;
  }

  private void key() {
    parts.add(new Part.Key(at < text.length() && text.charAt(at) == '"' ? quoted() : bare()));
  }

  private String bare() {
    int start = at;
    while (at < text.length() && ".[]\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(start, at);
    if (name.isEmpty()) {
      throw wrong("expected a name");
    }
    if (!name.equals(name.strip())) {
      at = start;
      throw wrong("a name with blanks around it needs quotes");
    }
    return name;
  }

  private String quoted() {
    int start = at;
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = start;
      throw wrong("a quote is not closed");
    }
    at++;
    try {
      byte[] json = Utf8.encode(text.substring(start, at));
      JsonScanner.ofOne().check(json, 0, json.length, false, "name");
      return JsonReader.read(json, 0, json.length).stringValue();
    } catch (Rejected e) {
      at = start;
      throw wrong("the quoted name is no JSON string (" + e.reason() + ")");
    }
  }

  private void element() {
    int close = text.indexOf(']', at);
    if (close < 0) {
      throw wrong("a bracket is not closed");
    }
    String inside = text.substring(at + 1, close);
    if (inside.equals("*")) {
      parts.add(new Part.Every());
    } else if (!inside.isEmpty()
        && inside.length() <= 9
        && inside.chars().allMatch(c -> c >= '0' && c <= '9')) {
      parts.add(new Part.Index(Integer.parseInt(inside)));
    } else {
      at++;
      throw wrong("expected * or a number of at most 9 digits in the brackets");
    }
    at = close + 1;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "field path `%s`, character %d: %s"
            .formatted(text, text.codePointCount(0, Math.min(at, text.length())) + 1, what));
  }
}
