package dev.nightjar.daemon.web;

import java.util.List;

/**
 * A value that a request may carry beside its body.
 *
 * @param name in a query or path in snake case; of a header as it is usually written
 * @param repeated whether it may be given several times; in queries only
 * @param description one sentence
 */
public record Parameter(
    String name,
    In in,
    ParameterType type,
    boolean required,
    boolean repeated,
    String description) {

  /** Where the position in a stream of events may be given; see {@link Request#lastEvent}. */
  public static final List<Parameter> EVENT_POSITION =
      List.of(
          query("after", ParameterType.text(), "The id of the last event that is known already."),
          header(
              "Last-Event-ID",
              ParameterType.text(),
              "The same, as browsers tell it when they connect again."));

  /** Where it is found. */
  public enum In {
    PATH,
    QUERY,
    HEADER
  }

  /** A variable of the path. */
  public static Parameter path(String name, ParameterType type, String description) {
    return new Parameter(name, In.PATH, type, true, false, description);
  }

  /** A field of the query that may be left out. */
  public static Parameter query(String name, ParameterType type, String description) {
    return new Parameter(name, In.QUERY, type, false, false, description);
  }

  /** A header that may be left out. */
  public static Parameter header(String name, ParameterType type, String description) {
    return new Parameter(name, In.HEADER, type, false, false, description);
  }

  /** The same, not to be left out. */
  public Parameter needed() {
    return new Parameter(name, in, type, true, repeated, description);
  }

  /** The same, to be given as often as one likes. */
  public Parameter anyNumber() {
    return new Parameter(name, in, type, required, true, description);
  }
}
