package dev.nightjar.daemon.view;

import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs and lines of theirs as lists show them. Fields are added, never renamed. */
public final class RunJson {

  private RunJson() {}

  /**
   * Adds what is known of a run, but for its id; what is not there is left out.
   *
   * @return {@code into}
   */
  public static ObjectNode add(ObjectNode into, StoredRun run) {
    into.put("workflow", run.workflow())
        .put("file", run.file())
        .put("digest", run.digest())
        .put("started", run.started().toString());
    Instant ended = run.ended();
    if (ended != null) {
      into.put("ended", ended.toString());
    }
    into.put("state", word(run.state()));
    if (run.outcome() != null) {
      into.put("outcome", run.outcome().id());
    }
    if (run.failure() != null) {
      into.put("failure", run.failure());
    }
    if (run.owner() != null) {
      into.put("owner", run.owner());
    }
    return into;
  }

  /** {@code unfinished}. */
  public static String word(StoredRun.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A line that was found. */
  public static ObjectNode hit(Store.Hit hit) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", hit.run())
            .put("workflow", hit.workflow())
            .put("number", hit.number())
            .put("at", hit.at().toString());
    if (hit.step() != null) {
      json.put("step", hit.step());
    }
    return json.put("text", hit.text());
  }
}
