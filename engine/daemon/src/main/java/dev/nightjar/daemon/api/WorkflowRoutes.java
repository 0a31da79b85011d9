package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.view.DiagnosticJson;
import dev.nightjar.daemon.view.GraphJson;
import dev.nightjar.daemon.view.PlanJson;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.daemon.web.Route.Body;
import dev.nightjar.model.Workflow;
import dev.nightjar.model.WorkflowReader;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.model.diagnostic.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows workflows: what is in force, and what lies there. */
final class WorkflowRoutes {

  static final Parameter NAME =
      Parameter.path(
          "name",
          ParameterType.text(200),
          "The workflow's name; of a file that was never good, its own without the ending.");

  /** Of a broken file; the rest is left out. */
  private static final int DRAFT_BYTES = 1 << 20;

  private static final String FILE = "workflow.yaml";

  private final Sources sources;

  WorkflowRoutes(Sources sources) {
    this.sources = sources;
  }

  List<Route> routes() {
    return List.of(list(), show(), validate());
  }

  private Route list() {
    ObjectNode all =
        JsonSchema.object()
            .with("items", JsonSchema.list(WorkflowSchemas.item().schema()))
            .with("ignored", JsonSchema.list(JsonSchema.text()))
            .schema();
    return Route.get("/api/v1/workflows", Role.VIEWER, "List workflows, by file.")
        .answers(Answer.json(200, "Workflows, broken ones included, and files that are none.", all))
        .by(request -> {
          var items = new WorkflowItems(sources);
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          ArrayNode array = json.putArray("items");
          sources.workflows().all().forEach(one -> array.add(items.of(one)));
          sources.workflows().ignored().forEach(json.putArray("ignored")::add);
          return Response.json(json);
        });
  }

  private Route show() {
    return Route.get("/api/v1/workflows/{name}", Role.VIEWER, "Show a workflow.")
        .with(NAME)
        .answers(
            Answer.json(
                200,
                "What is in force, and the text that lies there when that is broken.",
                WorkflowSchemas.detail()))
        .by(request -> Response.json(detail(find(request.variable(NAME.name())))));
  }

  private ServedWorkflow find(String name) {
    ServedWorkflow inForce = sources.workflows().find(name);
    if (inForce != null) {
      return inForce;
    }
    List<ServedWorkflow> all = sources.workflows().all();
    return all.stream()
        .filter(one -> WorkflowItems.name(one).equals(name))
        .findFirst()
        .orElseThrow(() -> {
          List<String> names = all.stream().map(WorkflowItems::name).toList();
          String hint = Suggestions.hint(name, names, "GET /api/v1/workflows lists them");
          return new UnknownException("there is no workflow `" + name + "`; " + hint);
        });
  }

  private ObjectNode detail(ServedWorkflow served) {
    ObjectNode json = new WorkflowItems(sources).of(served);
    ServedWorkflow.Version version = served.inForce();
    if (version != null) {
      json.put("yaml", version.text()).put("digest", version.digest());
      json.put("in_force_since", version.since().toString());
      addTo(json, version.workflow());
    }
    if (served.isBroken()) {
      draft(served.file()).ifPresent(text -> json.put("draft", text));
    }
    return json;
  }

  private static void addTo(ObjectNode json, Workflow workflow) {
    json.set("inputs", WorkflowItems.inputs(workflow));
    json.set("graph", GraphJson.of(workflow));
    json.set("plan", PlanJson.of(workflow));
    workflow.outputs().keySet().forEach(json.putArray("outputs")::add);
    Workflow.Concurrency pool = workflow.concurrency();
    if (pool != null) {
      json.putObject("concurrency")
          .put("pool", pool.pool())
          .put("limit", pool.limit())
          .put("overlap", WorkflowItems.word(pool.overlap()));
    }
  }

  /** Empty when it is gone by now. */
  private static Optional<String> draft(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(DRAFT_BYTES), StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Route validate() {
    ObjectNode body =
        JsonSchema.object()
            .with("text", JsonSchema.text())
            .maybe("file", JsonSchema.text())
            .schema();
    ObjectNode answer =
        JsonSchema.object()
            .with("valid", JsonSchema.flag())
            .with("diagnostics", JsonSchema.list(JsonSchema.ref("Diagnostic")))
            .schema();
    return Route.post("/api/v1/validate", Role.VIEWER, "Check a workflow's text; run nothing.")
        .reads(Body.json(body))
        .answers(Answer.json(200, "What is wrong with it.", answer))
        .by(this::validate);
  }

  private Response validate(Request request) {
    JsonNode body = request.json();
    JsonNode text = body.path("text");
    if (!text.isString()) {
      throw Problem.badRequest("`text` must be the text of a workflow file");
    }
    JsonNode file = body.path("file");
    String name = file.isString() ? file.stringValue() : FILE;
    var diagnostics = new Diagnostics();
    @Nullable Workflow workflow =
        WorkflowReader.read(
            new SourceText(name, text.stringValue()),
            below(name),
            sources.plugins().current().catalog(),
            diagnostics);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("valid", workflow != null);
    json.set("diagnostics", DiagnosticJson.of(diagnostics.sorted()));
    return Response.json(json);
  }

  /** Where the paths of a text start that may not lie anywhere. */
  private Path below(String name) {
    Path folder = sources.status().get().folder();
    try {
      Path file = folder.resolve(name).normalize();
      if (file.startsWith(folder) && !file.equals(folder)) {
        return file;
      }
    } catch (InvalidPathException none) {
      // As one that lies elsewhere.
    }
    throw Problem.badRequest("`file` must be the path of a file below the folder of workflows");
  }
}
