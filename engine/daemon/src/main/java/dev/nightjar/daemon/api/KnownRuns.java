package dev.nightjar.daemon.api;

import dev.nightjar.daemon.web.Parameter;
import dev.nightjar.daemon.web.ParameterType;
import dev.nightjar.daemon.web.Problem;
import dev.nightjar.daemon.web.Request;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;

/** Finds the run that a path names. */
final class KnownRuns {

  static final Parameter PATH =
      Parameter.path(
          "run",
          ParameterType.text(100),
          "The run's id, or as much of its beginning as tells it from others.");

  private final Store store;

  KnownRuns(Store store) {
    this.store = store;
  }

  StoredRun of(Request request) {
    String id = request.variable(PATH.name());
    return store
        .run(id)
        .orElseThrow(() ->
            Problem.notFound(
                "there is no run `" + id + "`; GET /api/v1/runs lists those that are remembered"));
  }
}
