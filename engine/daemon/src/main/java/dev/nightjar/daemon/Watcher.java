package dev.nightjar.daemon;

import dev.nightjar.daemon.folder.WorkflowChange;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.Firing;

/** Hears what a daemon does; from any thread, and must not wait. */
public interface Watcher {

  /** For a log. */
  void notice(Notice notice);

  /** Something of a run of this process is on disk. */
  void happened(String run, String workflow, Event event);

  /** A run has left this process, or has come to it. */
  void moved(String run);

  /** A trigger has begun a run. */
  void fired(Firing firing);

  /** Times of a trigger have passed without a run. */
  void passed(Firing firing);

  /** A file of the folder is another one than before. */
  void changed(WorkflowChange change);

  /** The plugins in force, or what is wrong with jars, are others than before. */
  void pluginsChanged();
}
