package dev.nightjar.daemon.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a query, decoded, in the order they were written. */
record Query(Map<String, List<String>> fields) {

  /** More fields than any route has. */
  private static final int MAX_FIELDS = 100;

  /**
   * Reads what stands after the question mark.
   *
   * @throws Problem when it is encoded wrongly
   */
  static Query parse(String raw) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    if (raw.isEmpty()) {
      return new Query(fields);
    }
    String[] parts = raw.split("&", MAX_FIELDS + 1);
    if (parts.length > MAX_FIELDS) {
      throw Problem.badRequest("the query has more than " + MAX_FIELDS + " fields");
    }
    for (String part : parts) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      fields.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
    return new Query(fields);
  }

  private static String decoded(String text) {
    return RequestPath.decode(text, true)
        .orElseThrow(() ->
            Problem.badRequest(
                "the query is encoded wrongly; write other characters than letters and digits"
                    + " as UTF-8 in percent-encoding"));
  }
}
