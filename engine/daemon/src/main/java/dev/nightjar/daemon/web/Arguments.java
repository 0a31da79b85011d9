package dev.nightjar.daemon.web;

import dev.nightjar.model.diagnostic.Suggestions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks what a request gives for the parameters of its route. */
final class Arguments {

  private Arguments() {}

  /**
   * The values that are given, by the parameters' names.
   *
   * @param header the values of a header
   * @throws Problem naming the first that is wrong
   */
  static Map<String, List<String>> read(
      Route route,
      Map<String, String> variables,
      Query query,
      Function<String, List<String>> header) {
    refuseUnknown(route, query);
    Map<String, List<String>> values = new HashMap<>();
    for (Parameter parameter : route.parameters()) {
      String name = parameter.name();
      List<String> given =
          switch (parameter.in()) {
            case PATH -> List.of(variables.getOrDefault(name, ""));
            case QUERY -> query.fields().getOrDefault(name, List.of());
            case HEADER -> header.apply(name);
          };
      check(parameter, given);
      values.put(name, List.copyOf(given));
    }
    return values;
  }

  private static void refuseUnknown(Route route, Query query) {
    List<String> known =
        route.parameters().stream()
            .filter(parameter -> parameter.in() == Parameter.In.QUERY)
            .map(Parameter::name)
            .toList();
    for (String name : query.fields().keySet()) {
      if (!known.contains(name)) {
        String others =
            known.isEmpty() ? "there are none here" : "there are " + String.join(", ", known);
        throw Problem.badRequest(
            "there is no query parameter `" + name + "`; " + Suggestions.hint(name, known, others));
      }
    }
  }

  private static void check(Parameter parameter, List<String> given) {
    String what = where(parameter) + " `" + parameter.name() + "`";
    if (given.isEmpty() && parameter.required()) {
      throw Problem.badRequest(what + " is missing; it must be " + parameter.type().wanted());
    }
    if (given.size() > 1 && !parameter.repeated()) {
      throw Problem.badRequest(what + " is given " + given.size() + " times; give it once");
    }
    for (String value : given) {
      if (!parameter.type().accepts(value)) {
        throw Problem.badRequest(what + " must be " + parameter.type().wanted());
      }
    }
  }

  private static String where(Parameter parameter) {
    return switch (parameter.in()) {
      case PATH -> "the path's";
      case QUERY -> "the query parameter";
      case HEADER -> "the header";
    };
  }
}
