package dev.nightjar.daemon.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server answers to one method of one path.
 *
 * @param needs the least role that may ask; null for everybody
 * @param summary one sentence
 * @param body what is read of the request; null for nothing
 * @param answers those that are no problems
 */
public record Route(
    String method,
    PathTemplate path,
    @Nullable Role needs,
    String summary,
    List<Parameter> parameters,
    @Nullable Body body,
    List<Answer> answers,
    Handler handler) {

  /** Answers requests; may block. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one request.
     *
     * @throws Problem to refuse it
     * @throws InterruptedException when the server closes
     */
    Response answer(Request request) throws InterruptedException;
  }

  /**
   * What a request brings.
   *
   * @param mediaType without parameters; {@code *}{@code /*} for any
   * @param maxBytes more is refused; 0 for the server's own limit
   */
  public record Body(String mediaType, ObjectNode schema, boolean required, long maxBytes) {

    /** JSON that has to be there, up to the server's own limit. */
    public static Body json(ObjectNode schema) {
      return new Body("application/json", schema, true, 0);
    }

    /** Bytes of any kind, which may be left out. */
    public static Body any(long maxBytes) {
      return new Body("*/*", JsonSchema.any(), false, maxBytes);
    }

    boolean isJson() {
      return mediaType.equals("application/json");
    }
  }

  /**
   * An answer that a request may get.
   *
   * @param mediaType null when nothing comes with it
   */
  public record Answer(
      int status, String description, @Nullable String mediaType, @Nullable ObjectNode schema) {

    /** JSON that follows a schema. */
    public static Answer json(int status, String description, ObjectNode schema) {
      return new Answer(status, description, "application/json", schema);
    }

    /** Server-sent events; the schema is that of their data. */
    public static Answer events(String description, ObjectNode schema) {
      return new Answer(200, description, "text/event-stream", schema);
    }

    /** Bytes or text of some type. */
    public static Answer of(String mediaType, String description) {
      return new Answer(200, description, mediaType, null);
    }

    /** The status alone. */
    public static Answer empty(int status, String description) {
      return new Answer(status, description, null, null);
    }
  }

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Rejects declarations that say two things. */
  public Route {
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException("no method of a route: " + method);
    }
    List<String> declared =
        parameters.stream()
            .filter(parameter -> parameter.in() == Parameter.In.PATH)
            .map(Parameter::name)
            .toList();
    if (!declared.equals(path.variables())) {
      throw new IllegalArgumentException(
          path.text() + " has other variables than are declared: " + declared);
    }
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /** Begins the declaration of a route; {@link Draft#by} ends it. */
  public static Draft of(String method, String path, @Nullable Role needs, String summary) {
    return new Draft(method, new PathTemplate(path), needs, summary);
  }

  /** Begins the declaration of a route that shows something. */
  public static Draft get(String path, @Nullable Role needs, String summary) {
    return of("GET", path, needs, summary);
  }

  /** Begins the declaration of a route that does something. */
  public static Draft post(String path, @Nullable Role needs, String summary) {
    return of("POST", path, needs, summary);
  }

  /** A route in the making. */
  public static final class Draft {

    private final String method;
    private final PathTemplate path;
    private final @Nullable Role needs;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private @Nullable Body body;

    private Draft(String method, PathTemplate path, @Nullable Role needs, String summary) {
      this.method = method;
      this.path = path;
      this.needs = needs;
      this.summary = summary;
    }

    /** Adds parameters; those of the path from left to right. */
    public Draft with(Parameter... more) {
      return with(List.of(more));
    }

    /** Adds parameters; those of the path from left to right. */
    public Draft with(List<Parameter> more) {
      parameters.addAll(more);
      return this;
    }

    /** Says what the request brings. */
    public Draft reads(Body what) {
      body = what;
      return this;
    }

    /** Adds answers. */
    public Draft answers(Answer... more) {
      answers.addAll(List.of(more));
      return this;
    }

    /** The route. */
    public Route by(Handler handler) {
      return new Route(method, path, needs, summary, parameters, body, answers, handler);
    }
  }
}
