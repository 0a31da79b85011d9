package dev.nightjar.daemon;

import dev.nightjar.model.diagnostic.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a daemon does when it is asked to. Safe for use by many threads.
 *
 * <p>Every method throws {@link RefusedException} when it cannot be done with this run now, and
 * {@link UnknownException} when there is no such workflow, trigger or run.
 */
public interface Operations {

  /**
   * Starts a run of the workflow in force; returns when it is remembered.
   *
   * @param inputs an object of values by name
   * @param by who wants it, for people to read: {@code the API, as operator}
   * @param key the same for the same wish to one workflow, so that it is fulfilled once; null for
   *     none
   * @param traceparent as in the header of W3C Trace Context, the span that the run belongs to;
   *     null for none, and ignored when it is not valid
   * @throws InputsException when they do not fit
   * @throws KeyUsedException when other inputs had the key
   */
  Started start(
      String workflow,
      ObjectNode inputs,
      String by,
      @Nullable String key,
      @Nullable String traceparent);

  /**
   * Starts a run because of a webhook.
   *
   * @param token what the request has shown
   * @param body null for none
   * @param key as of {@link #start}
   * @param traceparent as of {@link #start}
   * @throws ForbiddenException when the token is not the trigger's
   * @throws InputsException when the trigger's inputs do not fit
   * @throws KeyUsedException when another body had the key
   */
  Started hook(
      String workflow,
      String trigger,
      String token,
      @Nullable JsonNode body,
      @Nullable String key,
      @Nullable String traceparent);

  /** Ends a run, wherever it goes on; false when it has ended before. */
  boolean cancel(String run, String reason);

  /** Goes on with a run that nobody has, in this process. */
  void resume(String run);

  /**
   * Starts a run that takes over what another one has done.
   *
   * @param from the step from which on everything is done anew; null for all
   * @param inputs those that are to change, and secrets
   * @throws InputsException when they do not fit
   */
  Rerun rerun(String run, @Nullable String from, ObjectNode inputs, String by);

  /**
   * Says what became of a step that a crash interrupted.
   *
   * @return the steps that still wait for an answer
   */
  List<String> resolve(String run, String step, boolean succeeded, ObjectNode outputs);

  /**
   * A run that was started.
   *
   * @param anew false when the key was seen before
   */
  record Started(String run, boolean anew) {}

  /**
   * A run that takes over from another one.
   *
   * @param warnings what is not as one may think, a sentence each
   */
  record Rerun(String run, List<String> warnings) {}

  /** There is no such thing. */
  final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what there is. */
    public UnknownException(String message) {
      super(message, null, false, false);
    }
  }

  /** Whoever asks may not. */
  final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that tells nothing to a stranger. */
    public ForbiddenException(String message) {
      super(message, null, false, false);
    }
  }

  /** The key was that of another wish. */
  final class KeyUsedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what it has begun. */
    public KeyUsedException(String message) {
      super(message, null, false, false);
    }
  }

  /** The values given do not fit the inputs that the workflow declares. */
  final class InputsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Diagnostic> diagnostics;

    /** All mistakes at once. */
    public InputsException(List<Diagnostic> diagnostics) {
      super("the inputs do not fit", null, false, false);
      this.diagnostics = List.copyOf(diagnostics);
    }

    /** Each with its place. */
    public List<Diagnostic> diagnostics() {
      return diagnostics;
    }
  }
}
