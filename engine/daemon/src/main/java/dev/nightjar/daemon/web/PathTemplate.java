package dev.nightjar.daemon.web;

import java.util.List;
import java.util.stream.Stream;

/**
 * A path whose segments are words or, in braces, variables: {@code /api/v1/runs/{run}}.
 *
 * @param text as it is written
 */
record PathTemplate(String text) {

  PathTemplate {
    boolean known = text.equals("/") || text.matches("(/([A-Za-z0-9._-]+|\\{[a-z][a-z0-9_]*\\}))+");
    if (!known || variables(text).distinct().count() != variables(text).count()) {
      throw new IllegalArgumentException("not a path of a route: " + text);
    }
  }

  List<String> segments() {
    return segments(text).toList();
  }

  /** The names of the variables, from left to right. */
  List<String> variables() {
    return variables(text).map(PathTemplate::name).toList();
  }

  private static Stream<String> segments(String text) {
    return Stream.of(text.split("/", -1)).filter(segment -> !segment.isEmpty());
  }

  private static Stream<String> variables(String text) {
    return segments(text).filter(PathTemplate::isVariable);
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  private static String name(String segment) {
    return segment.substring(1, segment.length() - 1);
  }
}
