package dev.nightjar.daemon.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Something that a look at the folder of workflows has found. */
public sealed interface WorkflowChange {

  /** The workflow as it is now; as it was last, when it is gone. */
  ServedWorkflow workflow();

  /** It is there, and good. */
  record Added(ServedWorkflow workflow) implements WorkflowChange {}

  /** Another text of it is in force. */
  record Changed(ServedWorkflow workflow) implements WorkflowChange {}

  /**
   * What lies there now cannot be used, or is wrong in another way than before; the last good
   * version, if there is one, stays in force.
   */
  record Broken(ServedWorkflow workflow) implements WorkflowChange {}

  /** What lies there now is good again. */
  record Mended(ServedWorkflow workflow) implements WorkflowChange {}

  /** The file is gone, or is no workflow. */
  record Removed(ServedWorkflow workflow) implements WorkflowChange {}

  /** What has changed, by file; nothing of what is as it was. */
  static List<WorkflowChange> between(
      SortedMap<Path, ServedWorkflow> before, SortedMap<Path, ServedWorkflow> after) {
    List<WorkflowChange> changes = new ArrayList<>();
    for (Map.Entry<Path, ServedWorkflow> was : before.entrySet()) {
      if (!after.containsKey(was.getKey())) {
        changes.add(new Removed(was.getValue()));
      }
    }
    for (Map.Entry<Path, ServedWorkflow> is : after.entrySet()) {
      WorkflowChange change = between(before.get(is.getKey()), is.getValue());
      if (change != null) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static @Nullable WorkflowChange between(
      @Nullable ServedWorkflow before, ServedWorkflow after) {
    if (before == null) {
      return after.isBroken() ? new Broken(after) : new Added(after);
    }
    if (after.isBroken()) {
      return after.isLike(before) ? null : new Broken(after);
    }
    if (before.isBroken()) {
      return new Mended(after);
    }
    return Objects.equals(before.digest(), after.digest()) ? null : new Changed(after);
  }
}
