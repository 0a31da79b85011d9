package dev.nightjar.daemon.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a server answers, but for files.
 *
 * @param schemas those that {@link JsonSchema#ref} names
 */
public record Routes(List<Route> all, Map<String, ObjectNode> schemas) {

  /** Immutable. */
  public Routes {
    all = List.copyOf(all);
    schemas = Map.copyOf(schemas);
  }

  Routes and(List<Route> more) {
    return new Routes(Stream.concat(all.stream(), more.stream()).toList(), schemas);
  }
}
