package dev.nightjar.spi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A nested step has failed. A control step that lets it pass fails with it. */
public final class BodyFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient JsonNode error;
  private final boolean permanent;

  /**
   * A failure as the engine reports it.
   *
   * @param message what the nested step said
   * @param error what expressions see as {@code error}: {@code message}, {@code step}, {@code code}
   * @param permanent whether no further attempt can help
   */
  public BodyFailure(String message, JsonNode error, boolean permanent, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
    this.permanent = permanent;
  }

  public JsonNode error() {
    return error;
  }

  public boolean permanent() {
    return permanent;
  }
}
