package dev.nightjar.daemon.web;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes routes as OpenAPI 3.1 does, from their declarations alone. */
final class OpenApi {

  private OpenApi() {}

  static ObjectNode of(Routes routes, String cookie, String version) {
    ObjectNode api = object().put("openapi", "3.1.1");
    api.putObject("info")
        .put("title", "Nightjar")
        .put("version", version)
        .put("description", "Workflows, runs and schedules of a Nightjar daemon.");
    ObjectNode paths = api.putObject("paths");
    for (Route route : routes.all()) {
      String path = route.path().text();
      ObjectNode item = paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"));
      item.set(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    api.set("components", components(routes, cookie));
    return api;
  }

  private static ObjectNode operation(Route route) {
    ObjectNode operation = object();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.summary());
    Role needs = route.needs();
    operation.put(
        "description",
        needs == null ? "For everybody." : "For the role " + needs.word() + " and above.");
    operation.set("security", security(needs));
    if (!route.parameters().isEmpty()) {
      ArrayNode parameters = operation.putArray("parameters");
      route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    }
    Route.Body body = route.body();
    if (body != null) {
      ObjectNode request = operation.putObject("requestBody").put("required", body.required());
      content(request, body.mediaType(), body.schema());
    }
    operation.set("responses", responses(route.answers()));
    return operation;
  }

  private static String operationId(Route route) {
    String words = route.path().text().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_+$", "");
    return route.method().toLowerCase(Locale.ROOT) + words;
  }

  private static ArrayNode security(@Nullable Role needs) {
    ArrayNode security = JsonNodeFactory.instance.arrayNode();
    if (needs != null) {
      security.addObject().putArray("token");
      security.addObject().putArray("session");
    }
    return security;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode json =
        object()
            .put("name", parameter.name())
            .put("in", parameter.in().name().toLowerCase(Locale.ROOT))
            .put("required", parameter.required())
            .put("description", parameter.description());
    ObjectNode schema = parameter.type().schema();
    json.set("schema", parameter.repeated() ? JsonSchema.list(schema) : schema);
    return json;
  }

  private static ObjectNode responses(List<Route.Answer> answers) {
    ObjectNode responses = object();
    for (Route.Answer answer : answers) {
      ObjectNode response = responses.withObject("/" + answer.status());
      response.put("description", answer.description());
      if (answer.mediaType() != null) {
        content(response, answer.mediaType(), answer.schema());
      }
    }
    ObjectNode refused = responses.putObject("default");
    refused.put("description", "Refused; `detail` says why, and what to do.");
    content(refused, Problem.MEDIA_TYPE, JsonSchema.ref(Problem.SCHEMA));
    return responses;
  }

  private static void content(ObjectNode into, String mediaType, @Nullable ObjectNode schema) {
    ObjectNode content = into.withObject("/content").putObject(mediaType);
    if (schema != null) {
      content.set("schema", schema);
    }
  }

  private static ObjectNode components(Routes routes, String cookie) {
    ObjectNode components = object();
    ObjectNode schemas = components.putObject("schemas");
    var all = new TreeMap<>(routes.schemas());
    all.putIfAbsent(Problem.SCHEMA, Problem.members().schema());
    all.forEach(schemas::set);
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("token").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("session")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", cookie)
        .put("description", "Begun by POST /session.");
    return components;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
