package dev.nightjar.daemon.web;

import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.daemon.web.Route.Body;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the server answers by itself: health, sessions, and the description of all routes. */
final class OwnRoutes {

  private final Authentication authentication;
  private final Hosts hosts;
  private final String version;

  OwnRoutes(Authentication authentication, Hosts hosts, String version) {
    this.authentication = authentication;
    this.hosts = hosts;
    this.version = version;
  }

  /** These and its own. */
  Routes around(Routes routes) {
    Routes others = routes.and(List.of(health(), session(), begin(), end()));
    return others.and(List.of(description(others)));
  }

  private Route description(Routes others) {
    return Route.get("/api/v1/openapi.json", Role.VIEWER, "Describe the API.")
        .answers(Answer.json(200, "An OpenAPI 3.1 document.", JsonSchema.any()))
        .by(request -> {
          Routes all = others.and(List.of(request.route()));
          return Response.json(OpenApi.of(all, authentication.cookie(), version));
        });
  }

  private static Route health() {
    return Route.get("/health", null, "Tell whether the daemon answers.")
        .answers(
            Answer.json(
                200, "It does.", JsonSchema.object().with("ok", JsonSchema.flag()).schema()))
        .by(request -> Response.json(JsonNodeFactory.instance.objectNode().put("ok", true)));
  }

  private static Route session() {
    return Route.get("/api/v1/session", Role.VIEWER, "Tell who asks.")
        .answers(Answer.json(200, "The role of the token or session.", whoSchema()))
        .by(request -> who(request.caller().orElseThrow().role()));
  }

  private static ObjectNode whoSchema() {
    List<String> roles = Stream.of(Role.values()).map(Role::word).toList();
    return JsonSchema.object().with("role", JsonSchema.choice(roles)).schema();
  }

  private static Response who(Role role) {
    return Response.json(JsonNodeFactory.instance.objectNode().put("role", role.word()));
  }

  private Route begin() {
    return Route.post("/session", null, "Begin a browser's session.")
        .reads(Body.json(JsonSchema.object().with("token", JsonSchema.text()).schema()))
        .answers(Answer.json(200, "A cookie, and the role of the token.", whoSchema()))
        .by(request -> {
          String host = checked(request);
          String token = request.json().path("token").asString("");
          Role role = authentication.role(request.peer(), token);
          return who(role).with("Set-Cookie", authentication.begin(role, hosts.isSecure(host)));
        });
  }

  private Route end() {
    return Route.of("DELETE", "/session", null, "End a browser's session.")
        .answers(Answer.empty(204, "The cookie is gone."))
        .by(request ->
            Response.nothing()
                .with("Set-Cookie", authentication.end(hosts.isSecure(checked(request)))));
  }

  /** The host that is called. Another's page must not sign anybody in or out. */
  private String checked(Request request) {
    String host = request.header("Host").orElse("");
    List<String> origins = request.header("Origin").stream().toList();
    List<String> sites = request.header("Sec-Fetch-Site").stream().toList();
    // Browsers send at least one of them, programs neither.
    if (!origins.isEmpty() || !sites.isEmpty()) {
      hosts.checkOrigin(host, origins, sites);
    }
    return host;
  }
}
