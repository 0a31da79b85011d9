package dev.nightjar.stage;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends processes: asks them first, then kills them, until none is left. */
final class Ending {

  private static final Duration FIRST_LOOK = Duration.ofMillis(1);
  private static final Duration LAST_LOOK = Duration.ofMillis(32);

  private final Supplier<Set<ProcessHandle>> find;

  /**
   * Of the processes that are found, again and again: one may start another meanwhile.
   *
   * @param find those that live
   */
  Ending(Supplier<Set<ProcessHandle>> find) {
    this.find = find;
  }

  /** Returns those that live on, killed though they were. */
  Set<ProcessHandle> run(Duration grace, Duration killed) {
    Set<ProcessHandle> asked = until(grace, ProcessHandle::destroy);
    return asked.isEmpty() ? asked : until(killed, ProcessHandle::destroyForcibly);
  }

  private Set<ProcessHandle> until(Duration limit, Order order) {
    var over = new CompletableFuture<@Nullable Void>();
    over.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
    Set<ProcessHandle> left = find.get();
    while (!left.isEmpty() && !over.isDone()) {
      left.forEach(order::to);
      await(left, over);
      left = find.get();
    }
    return left;
  }

  /** Looks at those that are known alone, which costs little. */
  private static void await(Set<ProcessHandle> all, CompletableFuture<?> over) {
    Duration look = FIRST_LOOK;
    while (!over.isDone() && all.stream().anyMatch(Processes::alive)) {
      LockSupport.parkNanos(look.toNanos());
      look = look.compareTo(LAST_LOOK) < 0 ? look.multipliedBy(2) : LAST_LOOK;
    }
  }

  /** What a process is told; whether it hears is seen afterwards. */
  @FunctionalInterface
  private interface Order {
    @SuppressWarnings("UnusedReturnValue")
    boolean to(ProcessHandle process);
  }
}
