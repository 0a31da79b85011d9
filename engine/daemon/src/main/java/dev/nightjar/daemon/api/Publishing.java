package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Notice;
import dev.nightjar.daemon.Watcher;
import dev.nightjar.daemon.folder.WorkflowChange;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Firing;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Passes on what a daemon does: to those who follow it, to the counters, to what exports traces,
 * and to a log.
 *
 * @param ended is told the id of each run whose end is on disk; must not wait
 * @param log gets one notice at a time
 */
public record Publishing(
    NewsBoard news, Metrics metrics, Consumer<String> ended, Consumer<Notice> log)
    implements Watcher {

  @Override
  public void notice(Notice notice) {
    synchronized (log) {
      log.accept(notice);
    }
  }

  @Override
  public void happened(String run, String workflow, Event event) {
    metrics.of(workflow).accept(event);
    news.published(run);
    if (event instanceof Event.RunEnded) {
      ended.accept(run);
    }
  }

  @Override
  public void moved(String run) {
    news.published(run);
  }

  @Override
  public void fired(Firing firing) {
    if (!Agenda.isAsked(firing)) {
      metrics.fired(firing.workflow(), Duration.between(firing.due(), firing.decided()));
    }
  }

  @Override
  public void passed(Firing firing) {
    metrics.passed(firing.workflow());
  }

  @Override
  public void changed(WorkflowChange change) {
    news.published(change);
  }

  @Override
  public void pluginsChanged() {
    news.pluginsChanged();
  }
}
