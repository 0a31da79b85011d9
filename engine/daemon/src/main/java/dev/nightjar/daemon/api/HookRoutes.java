package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations;
import dev.nightjar.daemon.Operations.ForbiddenException;
import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.daemon.web.Route.Body;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where other programs make triggers fire. Whoever does not show the token learns nothing. */
final class HookRoutes {

  private static final int BODY_BYTES = 1 << 20;

  private static final String BEARER = "bearer ";

  private static final Parameter TOKEN =
      Parameter.header(
          "X-Nightjar-Token",
          ParameterType.text(),
          "The trigger's token, where Authorization: Bearer cannot be sent.");

  private final Operations operations;

  HookRoutes(Sources sources) {
    this.operations = sources.operations();
  }

  Route route() {
    return Route.post("/hooks/{workflow}/{trigger}", null, "Make a webhook's trigger fire.")
        .with(
            Parameter.path("workflow", ParameterType.text(100), "The workflow's name."),
            Parameter.path("trigger", ParameterType.text(100), "The trigger's id."),
            TOKEN,
            RunActions.KEY)
        .reads(Body.any(BODY_BYTES))
        .answers(
            Answer.json(202, "The run is remembered, and begins.", RunActions.startedSchema()),
            Answer.json(200, "The run that the same key has started.", RunActions.startedSchema()))
        .by(this::answer);
  }

  private Response answer(Request request) {
    try {
      Operations.Started started =
          operations.hook(
              request.variable("workflow"),
              request.variable("trigger"),
              token(request),
              body(request),
              request.value(RunActions.KEY.name()).orElse(null),
              RunActions.traceparent(request));
      return RunActions.started(started, 202);
    } catch (UnknownException | ForbiddenException stranger) {
      throw new Problem(403, "Forbidden", "there is no such webhook, or this is not its token");
    }
  }

  /** Empty for none. */
  private static String token(Request request) {
    String header = request.header("Authorization").orElse("");
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : request.value(TOKEN.name()).orElse("");
  }

  /** JSON as it is said to be, else text; null for none. */
  private static @Nullable JsonNode body(Request request) {
    byte[] bytes = request.bytes();
    if (bytes.length == 0) {
      return null;
    }
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String bare = type.split(";", 2)[0].strip();
    if (bare.equals("application/json") || bare.endsWith("+json")) {
      return request.json();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JsonNodeFactory.instance.stringNode(text);
    } catch (CharacterCodingException binary) {
      throw Problem.badRequest("the body is neither JSON nor text in UTF-8");
    }
  }
}
