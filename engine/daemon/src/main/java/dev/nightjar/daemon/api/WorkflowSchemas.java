package dev.nightjar.daemon.api;

import static dev.nightjar.daemon.web.JsonSchema.any;
import static dev.nightjar.daemon.web.JsonSchema.choice;
import static dev.nightjar.daemon.web.JsonSchema.flag;
import static dev.nightjar.daemon.web.JsonSchema.instant;
import static dev.nightjar.daemon.web.JsonSchema.list;
import static dev.nightjar.daemon.web.JsonSchema.object;
import static dev.nightjar.daemon.web.JsonSchema.ref;
import static dev.nightjar.daemon.web.JsonSchema.text;
import static dev.nightjar.daemon.web.JsonSchema.whole;

import dev.nightjar.daemon.web.JsonSchema.ObjectSchema;
import dev.nightjar.model.InputDeclaration;
import dev.nightjar.model.Workflow;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What {@link WorkflowItems} and {@link WorkflowRoutes} answer. */
final class WorkflowSchemas {

  private WorkflowSchemas() {}

  /** A workflow as lists show it. */
  static ObjectSchema item() {
    ObjectNode trigger =
        object()
            .with("id", text())
            .with("kind", choice(List.of("cron", "every", "files", "webhook", "after")))
            .with("text", text())
            .with("enabled", flag())
            .maybe("next", instant())
            .schema();
    ObjectNode run =
        object()
            .with("id", text())
            .with("state", Schemas.state())
            .with("started", instant())
            .maybe("ended", instant())
            .maybe("outcome", Schemas.outcome())
            .schema();
    return object()
        .with("name", text())
        .maybe("description", text())
        .with("file", text())
        .with("state", choice(List.of("ok", "broken")))
        .with("in_force", flag())
        .with("since", instant())
        .with("diagnostics", list(ref("Diagnostic")))
        .with("triggers", list(trigger))
        .maybe("next", instant())
        .maybe("last_run", run)
        .with("running", whole());
  }

  /** With all that there is to tell of it. */
  static ObjectNode detail() {
    ObjectNode pool =
        object()
            .with("pool", text())
            .with("limit", whole())
            .with("overlap", choice(Schemas.words(Workflow.Overlap.values())))
            .schema();
    ObjectNode plan =
        object()
            .with("workflow", text())
            .with("steps", list(ref("Unit")))
            .maybe("on_failure", list(ref("Unit")))
            .maybe("on_success", list(ref("Unit")))
            .maybe("finally", list(ref("Unit")))
            .schema();
    return item()
        .maybe("yaml", text())
        .maybe("digest", text())
        .maybe("in_force_since", instant())
        .maybe("draft", text())
        .maybe("inputs", list(input()))
        .maybe("graph", ref("Graph"))
        .maybe("plan", plan)
        .maybe("outputs", list(text()))
        .maybe("concurrency", pool)
        .schema();
  }

  private static ObjectNode input() {
    return object()
        .with("name", text())
        .with("type", choice(Schemas.words(InputDeclaration.Type.values())))
        .with("required", flag())
        .with("secret", flag())
        .maybe("description", text())
        .maybe("default", any())
        .maybe("enum", list(any()))
        .maybe("min", any())
        .maybe("max", any())
        .maybe("pattern", text())
        .schema();
  }
}
