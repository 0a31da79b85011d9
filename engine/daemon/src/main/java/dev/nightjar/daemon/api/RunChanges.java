package dev.nightjar.daemon.api;

import dev.nightjar.daemon.view.RunJson;
import dev.nightjar.store.RunQuery;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoredRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which runs stand elsewhere than at the last look, of this process or another; for one thread. */
final class RunChanges {

  /** The newest runs that a look compares, and as many that have not ended. */
  private static final int LOOKED_AT = 200;

  private static final Set<StoredRun.State> OPEN =
      Set.of(StoredRun.State.QUEUED, StoredRun.State.RUNNING, StoredRun.State.UNFINISHED);

  private final Store store;
  private Map<String, StoredRun> seen = Map.of();
  private boolean first = true;
  private final List<ObjectNode> changed = new ArrayList<>();

  RunChanges(Store store) {
    this.store = store;
  }

  /**
   * Looks.
   *
   * @return false when there may be changes that were not seen
   */
  boolean look() {
    changed.clear();
    Map<String, StoredRun> now = new HashMap<>();
    List<StoredRun> newest = newest(Set.of());
    newest.forEach(run -> now.put(run.id(), run));
    List<StoredRun> open = newest(OPEN);
    open.forEach(run -> now.put(run.id(), run));
    for (StoredRun before : seen.values()) {
      if (before.state() != StoredRun.State.ENDED && !now.containsKey(before.id())) {
        store.run(before.id()).ifPresent(run -> now.put(run.id(), run));
      }
    }
    boolean whole =
        first
            || newest.size() < LOOKED_AT
            || newest.stream().anyMatch(run -> seen.containsKey(run.id()));
    for (StoredRun run : now.values()) {
      if (!first && isOther(run)) {
        changed.add(json(run));
      }
    }
    seen = now;
    first = false;
    return whole;
  }

  private List<StoredRun> newest(Set<StoredRun.State> states) {
    return store
        .runs(new RunQuery(null, null, states, Set.of(), null, null, LOOKED_AT, null))
        .items();
  }

  private boolean isOther(StoredRun run) {
    StoredRun before = seen.get(run.id());
    return before == null || before.state() != run.state() || before.outcome() != run.outcome();
  }

  private static ObjectNode json(StoredRun run) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("run", run.id())
            .put("workflow", run.workflow())
            .put("state", RunJson.word(run.state()));
    return run.outcome() == null ? json : json.put("outcome", run.outcome().id());
  }

  /** The runs that the last look found elsewhere. */
  List<ObjectNode> changed() {
    return List.copyOf(changed);
  }
}
