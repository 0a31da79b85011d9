package dev.nightjar.plugin.file;

import dev.nightjar.spi.PermanentFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The texts that {@code a{b,c}d} stands for: {@code abd} and {@code acd}. */
final class Braces {

  private static final int MOST = 1000;

  private Braces() {}

  /**
   * All of them, in the order written; a brace without its other one means itself.
   *
   * @throws PermanentFailure when there are over 1000
   */
  static List<String> expand(String text) {
    var open = new ArrayDeque<String>(List.of(text));
    var done = new ArrayList<String>();
    while (!open.isEmpty()) {
      String next = open.pop();
      int from = pair(next);
      if (from < 0) {
        done.add(next);
      } else {
        List<String> alternatives = alternatives(next, from);
        alternatives.reversed().forEach(open::push);
      }
      if (open.size() + done.size() > MOST) {
        throw new PermanentFailure("a pattern whose braces stand for over " + MOST + " paths");
      }
    }
    return done;
  }

  /** The index of the first brace that is closed again, or -1. */
  private static int pair(String text) {
    for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
      if (closing(text, i) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static int closing(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> alternatives(String text, int from) {
    int to = closing(text, from);
    var alternatives = new ArrayList<String>();
    int depth = 0;
    int start = from + 1;
    for (int i = start; i <= to; i++) {
      char c = text.charAt(i);
      if (i == to || (c == ',' && depth == 0)) {
        alternatives.add(
            text.substring(0, from) + text.substring(start, i) + text.substring(to + 1));
        start = i + 1;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return alternatives;
  }
}
