package dev.nightjar.stage;

import dev.nightjar.spi.Split;
import java.nio.file.Path;
import java.util.List;

/**
 * A stage on a part of its input.
 *
 * @param number its place in the order of the output
 * @param splits what its source reads; empty when it reads a spool
 * @param spool what it reads when it has no source
 * @param folder where the attempt may write; made when first needed
 */
public record StageTask(
    int number, int attemptNumber, List<Split> splits, Spool spool, Path folder) {

  /** The part that a sink writes. */
  public Path sinkPart() {
    return sinkPart(folder);
  }

  /** The records that wait for another stage. */
  public Path spoolPart() {
    return spoolPart(folder);
  }

  /** The records that were set aside. */
  public Path rejects() {
    return rejects(folder);
  }

  /** As {@link #sinkPart()}, of the folder of an attempt that succeeded. */
  public static Path sinkPart(Path folder) {
    return folder.resolve("sink");
  }

  /** As {@link #spoolPart()}, of the folder of an attempt that succeeded. */
  public static Path spoolPart(Path folder) {
    return folder.resolve("spool");
  }

  /** As {@link #rejects()}, of the folder of an attempt that succeeded. */
  public static Path rejects(Path folder) {
    return folder.resolve("rejects");
  }
}
