package dev.nightjar.plugin.file;

import dev.nightjar.spi.Cancelled;
import dev.nightjar.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work on many files by as many threads as there are cores, with results in the files' order. */
final class Chunks<T, R> {

  /** Of one thread at a time; to look at so many takes about as long as to start a thread. */
  private static final int CHUNK = 256;

  private final StepContext context;
  private final Work<T, R> work;
  private final List<R> results = new ArrayList<>();

  /** Of the first chunk with which something was wrong. */
  private volatile @Nullable Exception failure;

  /** What is made of some neighbours; called by several threads. */
  @FunctionalInterface
  interface Work<T, R> {
    List<R> of(List<T> items) throws Exception;
  }

  /** What has come of a chunk. */
  private record Outcome<R>(List<R> results, @Nullable Exception failure) {}

  private Chunks(StepContext context, Work<T, R> work) {
    this.context = context;
    this.work = work;
  }

  /**
   * All results.
   *
   * @throws Exception the first one in the order of the items, whoever meets one first
   */
  static <T, R> List<R> inOrder(List<T> items, StepContext context, Work<T, R> work)
      throws Exception {
    context.checkCancelled();
    return items.size() <= CHUNK ? work.of(items) : new Chunks<>(context, work).of(items);
  }

  private List<R> of(List<T> items) throws Exception {
    var chunks = new ArrayList<List<T>>();
    for (int from = 0; from < items.size(); from += CHUNK) {
      chunks.add(items.subList(from, Math.min(items.size(), from + CHUNK)));
    }
    int cores = Runtime.getRuntime().availableProcessors();
    context.parallel(chunks, cores, (chunk, index) -> outcome(chunk), this::add);
    Exception first = failure;
    if (first != null) {
      throw first;
    }
    return results;
  }

  private Outcome<R> outcome(List<T> chunk) {
    context.checkCancelled();
    try {
      return new Outcome<>(failure == null ? work.of(chunk) : List.of(), null);
    } catch (Cancelled stopped) {
      throw stopped;
    } catch (Exception wrong) {
      return new Outcome<>(List.of(), wrong);
    }
  }

  /** Called in the order of the chunks, by one thread at a time. */
  private void add(Outcome<R> outcome) {
    if (failure == null) {
      results.addAll(outcome.results());
      failure = outcome.failure();
    }
  }
}
