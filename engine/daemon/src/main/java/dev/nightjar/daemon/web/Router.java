package dev.nightjar.daemon.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path, segment by segment; a word wins over a variable. */
final class Router {

  /** What was found. */
  sealed interface Found {

    /** A route, and the values of its path's variables. */
    record Match(Route route, Map<String, String> variables) implements Found {}

    /** Some route has the path, none of them the method. */
    record OtherMethods(SortedSet<String> methods) implements Found {}

    /** No route has the path. */
    record Nothing() implements Found {}
  }

  private static final class Node {
    final Map<String, Node> words = new HashMap<>();
    final Map<String, Route> routes = new TreeMap<>();
    @Nullable Node variable;
  }

  private final Node root = new Node();

  /**
   * Compiles routes.
   *
   * @throws IllegalArgumentException when two answer the same
   */
  Router(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Node node = root;
    for (String segment : route.path().segments()) {
      if (!PathTemplate.isVariable(segment)) {
        node = node.words.computeIfAbsent(segment, word -> new Node());
      } else {
        if (node.variable == null) {
          node.variable = new Node();
        }
        node = node.variable;
      }
    }
    if (node.routes.put(route.method(), route) != null) {
      throw new IllegalArgumentException(
          "two routes answer " + route.method() + " " + route.path().text());
    }
  }

  /** What answers to a method and a path; HEAD is answered by what answers GET. */
  Found find(String method, List<String> segments) {
    Node node = find(root, segments, 0);
    if (node == null) {
      return new Found.Nothing();
    }
    Route route = node.routes.get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      return new Found.OtherMethods(methods(node));
    }
    return new Found.Match(route, variables(route, segments));
  }

  private static @Nullable Node find(Node node, List<String> segments, int next) {
    if (next == segments.size()) {
      return node.routes.isEmpty() ? null : node;
    }
    Node word = node.words.get(segments.get(next));
    Node found = word == null ? null : find(word, segments, next + 1);
    return found != null || node.variable == null ? found : find(node.variable, segments, next + 1);
  }

  private static SortedSet<String> methods(Node node) {
    SortedSet<String> methods = new TreeSet<>(node.routes.keySet());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static Map<String, String> variables(Route route, List<String> segments) {
    List<String> template = route.path().segments();
    List<String> names = route.path().variables();
    List<String> values =
        IntStream.range(0, segments.size())
            .filter(i -> PathTemplate.isVariable(template.get(i)))
            .mapToObj(segments::get)
            .toList();
    return IntStream.range(0, names.size())
        .boxed()
        .collect(Collectors.toMap(names::get, values::get));
  }
}
