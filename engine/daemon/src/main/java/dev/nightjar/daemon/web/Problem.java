package dev.nightjar.daemon.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Why a request is refused; answered as {@code application/problem+json}. */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Under which {@link Routes#schemas} may say what more there is of it. */
  public static final String SCHEMA = "Problem";

  static final String MEDIA_TYPE = "application/problem+json";

  private final int status;
  private final String title;
  private final transient @Nullable ObjectNode more;

  /**
   * A refusal.
   *
   * @param status 400 to 599
   * @param title what is wrong, in general
   * @param detail what is wrong here, and what to do
   */
  public Problem(int status, String title, String detail) {
    this(status, title, detail, null);
  }

  /** As above, with further members of the answer, such as diagnostics. */
  public Problem(int status, String title, String detail, @Nullable ObjectNode more) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.more = more;
  }

  /** Something in the request is wrong: 400. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail);
  }

  /** There is no such thing: 404. */
  public static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail);
  }

  /** It cannot be done as things are: 409. */
  public static Problem conflict(String detail) {
    return new Problem(409, "Conflict", detail);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What each of them says, as a schema to which more may be added. */
  public static JsonSchema.ObjectSchema members() {
    return JsonSchema.object()
        .with("title", JsonSchema.text())
        .with("status", JsonSchema.whole())
        .with("detail", JsonSchema.text());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("title", title).put("status", status).put("detail", getMessage());
    if (more != null) {
      json.setAll(more);
    }
    return json;
  }
}
