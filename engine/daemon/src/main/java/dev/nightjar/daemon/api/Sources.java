package dev.nightjar.daemon.api;

import dev.nightjar.daemon.Operations;
import dev.nightjar.daemon.folder.PluginGenerations;
import dev.nightjar.daemon.folder.WorkflowFolder;
import dev.nightjar.runtime.monitor.StepProgress;
import dev.nightjar.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the routes read and change.
 *
 * @param live of runs of this process
 * @param zone of triggers that name none
 */
public record Sources(
    Store store,
    Operations operations,
    WorkflowFolder workflows,
    PluginGenerations plugins,
    News news,
    Metrics metrics,
    Live live,
    Supplier<Status> status,
    InstantSource clock,
    ZoneId zone) {

  /** How far runs of this process are. */
  @FunctionalInterface
  public interface Live {
    /** The steps that are running now; none when the run does not go on here. */
    List<StepProgress> progress(String run);
  }

  /**
   * The daemon as it is now.
   *
   * @param folder of workflows, absolute
   * @param home the work folder, absolute
   * @param store as people know it: a file, or a database without its password
   * @param running runs of this process
   * @param queued runs of this process that wait for their turn
   * @param accepts whether it starts runs; false while it stops
   * @param problems what is wrong beside workflow files and plugins, one line each
   */
  public record Status(
      String version,
      Instant started,
      Path folder,
      Path home,
      String store,
      int running,
      int queued,
      boolean accepts,
      List<String> problems) {}
}
