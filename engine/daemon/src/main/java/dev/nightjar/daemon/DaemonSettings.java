package dev.nightjar.daemon;

import dev.nightjar.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a daemon serves, and how.
 *
 * @param folder of workflows, absolute
 * @param home for what runs and the daemon keep, absolute
 * @param plugins the folder of jars
 * @param zone of triggers that name none
 * @param parallelism how many tasks of a stage at once where the workflow says nothing
 * @param allowOutside whether steps may write outside of their workflow's folder
 * @param grace how long a step that was interrupted may take to answer
 * @param drain how long running steps may go on when the daemon stops
 * @param keep which ended runs are not forgotten
 * @param environment where secrets are read from
 */
public record DaemonSettings(
    Path folder,
    Path home,
    Path plugins,
    ZoneId zone,
    int parallelism,
    boolean allowOutside,
    Duration grace,
    Duration drain,
    Retention keep,
    Map<String, String> environment) {

  /** The environment may hold secrets. */
  @Override
  public String toString() {
    return "daemon of " + folder + " with " + home;
  }
}
