package dev.nightjar.plugin.file;

import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;

/** How many bytes of a task's splits have been read. */
final class ReadProgress {

  private final StepContext context;
  private final long total;
  private long finished;

  ReadProgress(StepContext context) {
    this.context = context;
    this.total = context.splits().stream().mapToLong(Split::bytes).sum();
  }

  /** Tells how far the present split is, and lets the engine in. */
  void at(long bytes) {
    context.checkCancelled();
    context.progress(Math.min(finished + bytes, total), total);
  }

  void finished(Split split) {
    finished += split.bytes();
    at(0);
  }
}
