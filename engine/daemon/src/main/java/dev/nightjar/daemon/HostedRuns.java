package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.PluginGeneration;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The runs that this process has, each attended by a thread of its own. */
final class HostedRuns {

  private final InstantSource clock;
  private final Leaving leaving;
  private final Map<String, Hosted> runs = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  private volatile boolean suspending;

  /**
   * None yet.
   *
   * @param leaving is told how each run has left this process
   */
  HostedRuns(InstantSource clock, Leaving leaving) {
    this.clock = clock;
    this.leaving = leaving;
  }

  /** How a run has left this process. */
  sealed interface Outcome {

    /** It is over, or was refused its turn. */
    record Left(Ending ending) implements Outcome {}

    /** It stays unfinished, to go on later. */
    record Suspended() implements Outcome {}

    /** It cannot be remembered any more. */
    record Lost(String why) implements Outcome {}

    /** Our own mistake. */
    record Bug(Throwable thrown) implements Outcome {}
  }

  /** Is told of runs that leave this process. */
  @FunctionalInterface
  interface Leaving {
    void left(String workflow, String run, Outcome outcome);
  }

  /** What is done with a run. */
  @FunctionalInterface
  interface Attending {
    Ending attend(Course course) throws InterruptedException;
  }

  /** A run from here to its end. */
  private static final class Hosted {
    private final CancelSwitch cancel = new CancelSwitch();
    private volatile @Nullable Run run;
    private volatile @Nullable Thread thread;
  }

  /** Attends a run until it ends or is suspended; then gives its lease and its plugins back. */
  void host(String workflow, OwnedRun owned, PluginGeneration.Use plugins, Attending work) {
    var hosted = new Hosted();
    runs.put(owned.id(), hosted);
    Thread thread =
        Thread.ofVirtual()
            .name("attend " + owned.id())
            .unstarted(() -> {
              Outcome outcome = attend(hosted, owned, plugins, work);
              leave(owned.id());
              leaving.left(workflow, owned.id(), outcome);
            });
    hosted.thread = thread;
    thread.start();
  }

  private Outcome attend(
      Hosted hosted, OwnedRun owned, PluginGeneration.Use plugins, Attending work) {
    try (plugins;
        owned) {
      if (suspending) {
        return new Outcome.Suspended();
      }
      return new Outcome.Left(
          work.attend(new Course(hosted.cancel, run -> running(hosted, run), clock)));
    } catch (InterruptedException e) {
      return new Outcome.Suspended();
    } catch (JournalException e) {
      return e.why() == JournalException.Cause.SUSPENDED
          ? new Outcome.Suspended()
          : new Outcome.Lost(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      return new Outcome.Lost(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error bug) {
      return new Outcome.Bug(bug);
    }
  }

  private void running(Hosted hosted, Run run) {
    hosted.run = run;
    if (suspending) {
      run.suspend();
    }
  }

  private void leave(String id) {
    lock.lock();
    try {
      runs.remove(id);
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The ids of the runs, whether they wait for their turn or run. */
  List<String> ids() {
    return List.copyOf(runs.keySet());
  }

  /** The run, when its steps run here. */
  Optional<Run> find(String id) {
    Hosted hosted = runs.get(id);
    return hosted == null ? Optional.empty() : Optional.ofNullable(hosted.run);
  }

  boolean has(String id) {
    return runs.containsKey(id);
  }

  /** Ends a run of this process; false when it is none. */
  boolean cancel(String id, String reason) {
    Hosted hosted = runs.get(id);
    if (hosted != null) {
      hosted.cancel.cancel(reason);
    }
    return hosted != null;
  }

  /** No further step begins, no further run. */
  void suspend() {
    suspending = true;
    for (Hosted hosted : runs.values()) {
      Run run = hosted.run;
      if (run != null) {
        run.suspend();
      } else {
        interrupt(hosted);
      }
    }
  }

  /** Interrupts what still runs; nothing of that is remembered. */
  void suspendNow() {
    suspending = true;
    for (Hosted hosted : runs.values()) {
      Run run = hosted.run;
      if (run != null) {
        run.suspendNow();
      } else {
        interrupt(hosted);
      }
    }
  }

  private static void interrupt(Hosted hosted) {
    Thread thread = hosted.thread;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Waits until this process has no run any more; false when the time is over first. */
  boolean awaitNone(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!runs.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = fewer.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
