package dev.nightjar.daemon.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells who follows something that there may be more of it. Safe for use by many threads. */
public interface News {

  /** The number of the last news; ask before reading what they are about, to miss none. */
  long position();

  /**
   * Waits for news.
   *
   * @param run of this one; null for all that there are
   * @param after a position: later news are waited for
   * @return false when the time is over and there were none
   */
  boolean await(@Nullable String run, long after, Duration atMost) throws InterruptedException;

  /** What has changed beside runs, behind a position. */
  Changes changes(long after);

  /**
   * Something has changed.
   *
   * @param event of what kind: {@code workflows}, {@code plugins}
   */
  record Change(String event, ObjectNode data) {}

  /**
   * What has changed, in order.
   *
   * @param position up to here
   * @param complete false when some are forgotten already, so that all is to be read again
   */
  record Changes(List<Change> items, long position, boolean complete) {}
}
