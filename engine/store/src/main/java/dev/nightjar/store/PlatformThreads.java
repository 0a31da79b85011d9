package dev.nightjar.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work on platform threads, whoever asks. */
final class PlatformThreads implements AutoCloseable {

  /** A thread that nobody needed for so long ends. */
  private static final long IDLE_SECONDS = 5;

  private final ThreadPoolExecutor pool;

  /** With names that begin so. */
  PlatformThreads(String name) {
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory(),
            // Once it is closed: whoever asks then is told why by what he asks.
            (work, closed) -> work.run());
  }

  /** Runs it on this thread when it is a platform one; an interrupt waits until it is done. */
  <T> T run(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!Thread.currentThread().isVirtual()) {
        return work.get();
      }
      CompletableFuture<T> done = CompletableFuture.supplyAsync(work, pool);
      while (true) {
        try {
          return done.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw unwrapped(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Work without a result. */
  void run(Runnable work) {
    boolean _ =
        run(() -> {
          work.run();
          return true;
        });
  }

  private static RuntimeException unwrapped(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
