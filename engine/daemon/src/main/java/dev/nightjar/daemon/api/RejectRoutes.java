package dev.nightjar.daemon.api;

import dev.nightjar.daemon.view.RejectLines;
import dev.nightjar.daemon.web.JsonSchema;
import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.daemon.web.Response;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.daemon.web.Route;
import dev.nightjar.daemon.web.Route.Answer;
import dev.nightjar.runtime.monitor.Summary.RejectFile;
import dev.nightjar.store.StoredRun;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows the records that a run has set aside. */
final class RejectRoutes {

  private static final int MOST = 500;
  private static final int USUAL = 100;

  private final KnownRuns runs;
  private final KeptTimelines timelines;

  RejectRoutes(KnownRuns runs, KeptTimelines timelines) {
    this.runs = runs;
    this.timelines = timelines;
  }

  Route route() {
    ObjectNode line =
        JsonSchema.object().with("n", JsonSchema.whole()).with("text", JsonSchema.text()).schema();
    ObjectNode answer =
        JsonSchema.object()
            .with("files", JsonSchema.list(RunSchemas.rejects()))
            .with("items", JsonSchema.list(line))
            .with("next", JsonSchema.nullable(JsonSchema.whole()))
            .schema();
    return Route.get(
            "/api/v1/runs/{run}/rejects",
            Role.VIEWER,
            "List a run's files of rejected records, and lines of one of them.")
        .with(
            KnownRuns.PATH,
            Parameter.query("file", ParameterType.text(), "The path of one, as the list has it."),
            Parameter.query(
                "after", ParameterType.whole(0, Integer.MAX_VALUE), "Lines behind this one."),
            Parameter.query(
                "limit",
                ParameterType.whole(1, MOST),
                "How many lines at most; " + USUAL + " by default."))
        .answers(
            Answer.json(
                200,
                "The files, and lines as they are in the file that is named; long ones are cut.",
                answer))
        .by(this::answer);
  }

  private Response answer(Request request) {
    StoredRun run = runs.of(request);
    List<RejectFile> all = timelines.read(run.id(), view -> List.copyOf(view.timeline().rejects()));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode files = json.putArray("files");
    for (RejectFile file : all) {
      files
          .addObject()
          .put("step", file.step())
          .put("path", file.path())
          .put("records", file.records());
    }
    String path = request.value("file").orElse(null);
    if (path == null) {
      json.putArray("items");
      return Response.json(json.putNull("next"));
    }
    long after = request.whole("after").orElse(0);
    int limit = (int) request.whole("limit").orElse(USUAL);
    return Response.json(addLines(json, run, known(all, path), after, limit));
  }

  private static RejectFile known(List<RejectFile> all, String path) {
    return all.stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow(() ->
            Problem.notFound(
                "the run tells of no such file of rejects; leave out `file` to see which it does"));
  }

  private static ObjectNode addLines(
      ObjectNode json, StoredRun run, RejectFile file, long after, int limit) {
    RejectLines.Some some = read(run, file, after, limit);
    ArrayNode items = json.putArray("items");
    long n = after;
    for (String text : some.lines()) {
      items.addObject().put("n", ++n).put("text", text);
    }
    return some.more() ? json.put("next", n) : json.putNull("next");
  }

  private static RejectLines.Some read(StoredRun run, RejectFile file, long after, int limit) {
    try {
      return RejectLines.read(run, file, after, limit)
          .orElseThrow(
              () -> Problem.notFound("the file " + file.path() + " is not there any more"));
    } catch (IOException unreadable) {
      throw new Problem(
          503, "File not available", "cannot read " + file.path() + ": " + unreadable.getMessage());
    }
  }
}
