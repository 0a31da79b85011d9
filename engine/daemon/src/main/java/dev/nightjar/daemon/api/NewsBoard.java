package dev.nightjar.daemon.api;

import dev.nightjar.daemon.folder.WorkflowChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The news of one process. What it remembers of them is bounded. */
public final class NewsBoard implements News {

  /** Runs of which it is known when they were last in the news; of others it is guessed. */
  private static final int RUNS = 1_000;

  /** Changes that are kept for who is slow to read them. */
  private static final int CHANGES = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Map<String, Long> lastOfRun = new LinkedHashMap<>();
  private final ArrayDeque<Numbered> changes = new ArrayDeque<>();
  private long position;

  /** Where runs that are not known were last in the news, at most. */
  private long forgottenRuns;

  private long forgottenChanges;
  private long lastRuns;

  private record Numbered(long number, Change change) {}

  /** A run has events that can be read now. */
  public void published(String run) {
    lock.lock();
    try {
      position++;
      lastRuns = position;
      // The one that was in the news last stands last.
      lastOfRun.remove(run);
      lastOfRun.put(run, position);
      if (lastOfRun.size() > RUNS) {
        var eldest = lastOfRun.entrySet().iterator();
        forgottenRuns = eldest.next().getValue();
        eldest.remove();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A workflow is another one than before. */
  public void published(WorkflowChange change) {
    String name =
        change.workflow().inForce() == null
            ? change.workflow().display()
            : change.workflow().inForce().name();
    String what =
        switch (change) {
          case WorkflowChange.Added _ -> "added";
          case WorkflowChange.Changed _ -> "changed";
          case WorkflowChange.Broken _ -> "broken";
          case WorkflowChange.Mended _ -> "mended";
          case WorkflowChange.Removed _ -> "removed";
        };
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("name", name).put("change", what);
    publish(new Change("workflows", data));
  }

  /** The plugins are others than before, or what is wrong with them is. */
  public void pluginsChanged() {
    publish(new Change("plugins", JsonNodeFactory.instance.objectNode()));
  }

  private void publish(Change change) {
    lock.lock();
    try {
      changes.addLast(new Numbered(++position, change));
      if (changes.size() > CHANGES) {
        forgottenChanges = changes.removeFirst().number();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(@Nullable String run, long after, Duration atMost)
      throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (last(run) <= after && left > 0) {
        left = more.awaitNanos(left);
      }
      return last(run) > after;
    } finally {
      lock.unlock();
    }
  }

  private long last(@Nullable String run) {
    if (run == null) {
      return changes.isEmpty() ? lastRuns : Math.max(lastRuns, changes.getLast().number());
    }
    return Objects.requireNonNullElse(lastOfRun.get(run), forgottenRuns);
  }

  @Override
  public Changes changes(long after) {
    lock.lock();
    try {
      List<Change> later =
          changes.stream().filter(one -> one.number() > after).map(Numbered::change).toList();
      return new Changes(later, position, forgottenChanges <= after);
    } finally {
      lock.unlock();
    }
  }
}
