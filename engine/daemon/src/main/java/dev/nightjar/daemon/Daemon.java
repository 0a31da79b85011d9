package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.PluginGenerations;
import dev.nightjar.daemon.folder.WorkflowChange;
import dev.nightjar.daemon.folder.WorkflowFolder;
import dev.nightjar.daemon.trigger.Awake;
import dev.nightjar.runtime.Run;
import dev.nightjar.runtime.cache.ResultCache;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.stage.Surroundings;
import dev.nightjar.store.Store;
import dev.nightjar.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Serves a folder of workflows: starts runs when they are due, goes on with those that a process
 * left behind, and stops without losing any.
 */
public final class Daemon implements AutoCloseable {

  /** The longest rest between two looks: a file counts with the second, within two seconds. */
  private static final Duration TICK = Duration.ofMillis(800);

  /** Between two looks for runs that no process has any more. */
  private static final Duration UNFINISHED = Duration.ofSeconds(15);

  /** Between two times of forgetting old runs. */
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);

  /** How much longer than their grace interrupted steps are waited for. */
  private static final Duration LEAVING = Duration.ofSeconds(5);

  private static final String BUG = "this is a bug in Nightjar: ";

  private final DaemonSettings settings;
  private final Store store;
  private final Surroundings surroundings;
  private final Watcher watcher;
  private final DaemonLock lock;
  private final PluginGenerations plugins;
  private final WorkflowFolder workflows;
  private final HostedRuns hosted;
  private final Starts starts;
  private final RunStarter starter;
  private final Unfinished unfinished;
  private final TriggerLoop triggers;
  private final Awake awake;
  private final Quiet quiet;
  private final Demands demands;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean runEnded = new AtomicBoolean();
  private final Thread thread = Thread.ofPlatform().name("nightjar-clock").unstarted(this::serve);
  private volatile boolean stopping;

  // Why the last look failed, the last taking over of runs, the last tidying; empty when it did
  // not.
  private volatile String refusal = "";
  private volatile String unresumed = "";
  private volatile String untidied = "";

  private long unfinishedDue;
  private long housekeepingDue;

  private Daemon(
      DaemonSettings settings,
      Store store,
      ResultCache cache,
      Surroundings surroundings,
      Watcher watcher,
      DaemonLock lock) {
    this.settings = settings;
    this.store = store;
    this.surroundings = surroundings;
    this.watcher = watcher;
    this.lock = lock;
    var own = settings.home().resolve("daemon");
    plugins = PluginGenerations.open(settings.plugins(), own.resolve("plugins"));
    workflows = new WorkflowFolder(settings.folder(), own.resolve("served"), surroundings.clock());
    hosted = new HostedRuns(surroundings.clock(), this::left);
    starts = new Starts(settings, surroundings, cache);
    starter = new RunStarter(starts, plugins, store.firings(), hosted, watcher);
    unfinished = new Unfinished(settings, store, plugins, starts, hosted, watcher);
    triggers =
        new TriggerLoop(store.firings(), settings.zone(), surroundings.nanos(), watcher::passed);
    awake = new Awake(surroundings.clock(), surroundings.nanos());
    quiet = new Quiet(surroundings.nanos(), System::gc);
    demands =
        new Demands(
            settings,
            store,
            workflows,
            starter,
            starts,
            unfinished,
            hosted,
            surroundings.clock(),
            () -> stopping);
    unfinishedDue = surroundings.nanos().getAsLong();
    housekeepingDue = unfinishedDue;
  }

  /**
   * Begins to serve.
   *
   * @param cache for the results of steps that have {@code cache:}
   * @throws dev.nightjar.store.HeldException when another daemon has the work folder
   * @throws dev.nightjar.stage.plugin.PluginException when the plugins cannot be listed
   * @throws StoreException when the disk or the database refuses
   */
  public static Daemon start(
      DaemonSettings settings,
      Store store,
      ResultCache cache,
      Surroundings surroundings,
      Watcher watcher) {
    DaemonLock lock = DaemonLock.take(settings.home());
    try {
      var daemon = new Daemon(settings, store, cache, surroundings, watcher, lock);
      daemon.plugins.problems().forEach(one -> daemon.warn(one.toString()));
      // Twice: a file counts when it has looked the same two times.
      daemon.lookAtFolders();
      daemon.lookAtFolders();
      daemon.thread.start();
      return daemon;
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private void serve() {
    while (!stopping) {
      refusal = tried("triggers wait: ", refusal, this::look);
      long now = surroundings.nanos().getAsLong();
      if (refusal.isEmpty() && now - unfinishedDue >= 0) {
        unfinishedDue = now + UNFINISHED.toNanos();
        unresumed =
            tried("unfinished runs wait: ", unresumed, () -> unfinished.resumeAll(this::warn));
      }
      if (refusal.isEmpty() && now - housekeepingDue >= 0) {
        housekeepingDue = now + HOUSEKEEPING.toNanos();
        untidied = tried("old runs are kept: ", untidied, this::tidy);
      }
      rest();
    }
  }

  /**
   * Does a part of what is due.
   *
   * @param before why it failed the last time, which is not told again
   * @return why it failed; empty when it did not
   */
  private String tried(String whatWaits, String before, Runnable part) {
    String why;
    String told;
    try {
      part.run();
      return "";
    } catch (StoreException refused) {
      why = whatWaits + refused.getMessage();
      told = why;
    } catch (RuntimeException | Error bug) {
      why = whatWaits + BUG + bug;
      told = whatWaits + BUG + trace(bug);
    }
    if (!why.equals(before)) {
      say(Notice.Level.ERROR, told);
    }
    return why;
  }

  private void look() {
    Awake.Look look = awake.look();
    try {
      lookAtFolders();
      boolean ended = runEnded.getAndSet(false);
      starter.fire(triggers.look(workflows.all(), look, ended));
      awake.decided();
      quiet.look(ended || !hosted.ids().isEmpty());
    } catch (StoreException refused) {
      undecided("the store could not be used");
      throw refused;
    } catch (RuntimeException | Error bug) {
      undecided("looks failed");
      throw bug;
    }
  }

  /** What the look decided may not be on disk: the store is asked how far it got. */
  private void undecided(String why) {
    awake.failed(why);
    triggers.reset();
  }

  private void tidy() {
    List<String> _ = OldRuns.forget(store, settings.home(), settings.keep());
    plugins.keepOnly(unfinished.plugins());
  }

  private void lookAtFolders() {
    if (plugins.look()) {
      watcher.pluginsChanged();
      plugins.problems().forEach(one -> warn(one.toString()));
      int count = plugins.current().catalog().plugins().size();
      say(Notice.Level.INFO, "plugins have changed: %d are in force".formatted(count));
    }
    workflows.look(plugins.current()).forEach(this::tell);
  }

  private void tell(WorkflowChange change) {
    watcher.changed(change);
    String file = change.workflow().display();
    switch (change) {
      case WorkflowChange.Added added -> say(Notice.Level.INFO, file + ": is served");
      case WorkflowChange.Changed changed -> say(Notice.Level.INFO, file + ": has changed");
      case WorkflowChange.Mended mended -> say(Notice.Level.INFO, file + ": is good again");
      case WorkflowChange.Removed removed -> say(Notice.Level.INFO, file + ": is gone");
      case WorkflowChange.Broken broken -> {
        boolean never = broken.workflow().inForce() == null;
        String instead = never ? "is not served" : "stays in force as it was";
        warn(file + ": " + instead + ", because of what lies there now:");
        Starts.text(broken.workflow().diagnostics()).lines().forEach(this::warn);
      }
    }
  }

  private void rest() {
    Instant next = triggers.next();
    Duration rest = TICK;
    if (next != null) {
      Duration until = Duration.between(surroundings.clock().instant(), next);
      rest = until.compareTo(rest) < 0 ? until : rest;
    }
    try {
      boolean _ = wake.tryAcquire(Math.max(1, rest.toMillis()), TimeUnit.MILLISECONDS);
      wake.drainPermits();
    } catch (InterruptedException nobodyDoes) {
      stopping = true;
    }
  }

  private void left(String workflow, String run, HostedRuns.Outcome outcome) {
    String who = workflow + ": run " + run;
    switch (outcome) {
      case HostedRuns.Outcome.Left left -> tell(who, left.ending());
      case HostedRuns.Outcome.Suspended suspended ->
          say(Notice.Level.INFO, who + " is suspended: it goes on after the next start");
      case HostedRuns.Outcome.Lost lost -> say(Notice.Level.ERROR, lost.why());
      case HostedRuns.Outcome.Bug bug ->
          say(Notice.Level.ERROR, who + ": " + BUG + trace(bug.thrown()));
    }
    watcher.moved(run);
    runEnded.set(true);
    wake.release();
  }

  private void tell(String who, Ending ending) {
    switch (ending) {
      case Ending.Ended ended -> {
        RunResult result = ended.result();
        boolean well = result.outcome() == Outcome.SUCCEEDED;
        String why = result.failure() == null ? "" : ": " + result.failure().message();
        say(
            well ? Notice.Level.INFO : Notice.Level.WARNING,
            "%s %s%s".formatted(who, result.outcome().id(), why));
      }
      case Ending.Refused refused ->
          say(Notice.Level.WARNING, "%s has no turn: %s".formatted(who, refused.why()));
      case Ending.CancelledWaiting cancelled ->
          say(Notice.Level.INFO, who + " was cancelled while it waited");
    }
  }

  private static String trace(Throwable bug) {
    var trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private void warn(String text) {
    say(Notice.Level.WARNING, text);
  }

  private void say(Notice.Level level, String text) {
    watcher.notice(new Notice(surroundings.clock().instant(), level, text));
  }

  /** What it does when it is asked to. */
  public Operations operations() {
    return demands;
  }

  /** The workflows that it serves. */
  public WorkflowFolder workflows() {
    return workflows;
  }

  /** The plugins that are in force. */
  public PluginGenerations plugins() {
    return plugins;
  }

  /** A run whose steps run in this process. */
  public Optional<Run> run(String id) {
    return hosted.find(id);
  }

  /** The ids of this process's runs, whether they wait for their turn or run. */
  public List<String> runs() {
    return hosted.ids();
  }

  /** What keeps triggers from firing and unfinished runs from going on, a line each. */
  public List<String> problems() {
    return Stream.of(
            Stream.of(refusal, unresumed, untidied).filter(why -> !why.isEmpty()),
            triggers.problems().stream(),
            unfinished.problems().stream())
        .flatMap(Function.identity())
        .toList();
  }

  /** Whether it begins nothing any more. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Begins nothing any more, lets the steps that run go on for the settings' drain, and interrupts
   * them then. Runs that have not ended go on after the next start. Again does nothing.
   */
  public void stop() {
    boolean first = !stopping;
    stopping = true;
    if (!first) {
      return;
    }
    wake.release();
    boolean interrupted = false;
    try {
      thread.join();
      hosted.suspend();
      if (!hosted.awaitNone(settings.drain())) {
        say(Notice.Level.WARNING, "steps still run and are interrupted: " + hosted.ids());
        hosted.suspendNow();
        if (!hosted.awaitNone(settings.grace().plus(LEAVING))) {
          say(Notice.Level.WARNING, "does not answer: " + hosted.ids());
        }
      }
    } catch (InterruptedException e) {
      hosted.suspendNow();
      interrupted = true;
    }
    plugins.close();
    lock.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
