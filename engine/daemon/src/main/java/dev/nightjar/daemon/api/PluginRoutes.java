package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.folder.PluginGeneration;
import dev.nightjar.daemon.view.PluginJson;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.stage.plugin.PluginVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows plugins with what their processors take. */
final class PluginRoutes {

  private final Sources sources;

  PluginRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(list(), show());
  }

  private static ObjectNode schema() {
    return JsonSchema.object()
        .with("id", JsonSchema.text())
        .with("version", JsonSchema.text())
        .with("description", JsonSchema.text())
        .maybe("jar", JsonSchema.text())
        .maybe("sha256", JsonSchema.text())
        .with("processors", JsonSchema.list(JsonSchema.ref("Processor")))
        .schema();
  }

  private Route list() {
    ObjectNode problem =
        JsonSchema.object()
            .with("jar", JsonSchema.text())
            .with("message", JsonSchema.text())
            .schema();
    ObjectNode all =
        JsonSchema.object()
            .with("items", JsonSchema.list(schema()))
            .with("problems", JsonSchema.list(problem))
            .schema();
    return Route.get("/api/v1/plugins", Role.VIEWER, "List the plugins that new runs use.")
        .answers(Answer.json(200, "Plugins, and jars that cannot be used.", all))
        .by(request -> {
          PluginGeneration current = sources.plugins().current();
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          ArrayNode items = json.putArray("items");
          current.catalog().plugins().forEach(plugin -> items.add(json(plugin, current)));
          ArrayNode problems = json.putArray("problems");
          sources
              .plugins()
              .problems()
              .forEach(one ->
                  problems
                      .addObject()
                      .put("jar", one.jar().toString())
                      .put("message", one.message()));
          return Response.json(json);
        });
  }

  private Route show() {
    return Route.get("/api/v1/plugins/{id}", Role.VIEWER, "Show a plugin.")
        .with(Parameter.path("id", ParameterType.text(200), "The plugin's id."))
        .answers(Answer.json(200, "The plugin.", schema()))
        .by(request -> {
          PluginGeneration current = sources.plugins().current();
          return Response.json(json(find(request.variable("id"), current), current));
        });
  }

  private static PluginDeclaration find(String id, PluginGeneration current) {
    List<PluginDeclaration> all = current.catalog().plugins();
    return all.stream()
        .filter(plugin -> plugin.id().equals(id))
        .findFirst()
        .orElseThrow(() -> {
          List<String> ids = all.stream().map(PluginDeclaration::id).toList();
          return new UnknownException(
              "there is no plugin `"
                  + id
                  + "`; "
                  + Suggestions.hint(id, ids, "GET /api/v1/plugins lists them"));
        });
  }

  private static ObjectNode json(PluginDeclaration plugin, PluginGeneration current) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", plugin.id())
            .put("version", plugin.version())
            .put("description", plugin.description());
    PluginVersion version = current.version(plugin.id());
    if (version != null && !version.sha256().isEmpty()) {
      jar(current, version.sha256()).ifPresent(jar -> json.put("jar", jar.toString()));
      json.put("sha256", version.sha256());
    }
    ArrayNode processors = json.putArray("processors");
    plugin.processors().forEach(one -> processors.add(PluginJson.of(one)));
    return json;
  }

  private static Optional<Path> jar(PluginGeneration current, String sha256) {
    return current.jars().entrySet().stream()
        .filter(jar -> jar.getValue().equals(sha256))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
