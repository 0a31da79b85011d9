package dev.nightjar.runtime;

import dev.nightjar.stage.Attempt;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Names the steps that compute without giving way: each holds a carrier, and when all carriers are
 * held every other step of the process stands still. Looks from a platform thread, which needs
 * none.
 */
final class Watchdog implements AutoCloseable {

  /** How often it looks, in milliseconds. */
  private static final long EVERY = 250;

  /** After so many looks without a sign of life, that is one second, a step is named; once. */
  private static final int PATIENCE = 4;

  private final Map<Attempt, Watched> watched = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService timer;

  /** An attempt as it was at the last look; used by the watchdog's thread only. */
  private static final class Watched {
    final String name;
    long signs;
    int still;

    Watched(String name) {
      this.name = name;
    }
  }

  /** Begins to look; {@code warn} gets the attempt's name and what there is to say. */
  synchronized void start(BiConsumer<String, String> warn) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watchdog").daemon(true).factory());
    var _ = timer.scheduleAtFixedRate(() -> look(warn), EVERY, EVERY, TimeUnit.MILLISECONDS);
  }

  /** Watches an attempt until the registration is closed. */
  Attempt.Registration watch(String name, Attempt attempt) {
    watched.put(attempt, new Watched(name));
    return () -> watched.remove(attempt);
  }

  private void look(BiConsumer<String, String> warn) {
    watched.forEach((attempt, then) -> {
      long signs = attempt.signsOfLife();
      boolean still = signs == then.signs && computes(attempt);
      then.signs = signs;
      then.still = still ? then.still + 1 : 0;
      if (then.still == PATIENCE) {
        warn.accept(
            then.name,
            "has computed for a second without giving way and holds a processor core: a loop in"
                + " its processor should call checkCancelled() now and then");
      }
    });
  }

  /** A virtual thread that runs, and does not wait, holds a carrier. */
  private static boolean computes(Attempt attempt) {
    return attempt.threads().stream()
        .anyMatch(thread -> thread.isVirtual() && thread.getState() == Thread.State.RUNNABLE);
  }

  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
