package dev.nightjar.stage;

/** Waits for threads that end by themselves, or are told to when the waiting one is interrupted. */
public final class Joining {

  private Joining() {}

  /**
   * Waits until a thread has ended, whatever happens; an interrupt is kept for whoever asks next.
   *
   * @param whenInterrupted tells the thread to stop, if that is what an interrupt means here
   */
  public static void join(Thread thread, Runnable whenInterrupted) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        whenInterrupted.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a thread has ended that was told to stop by others, or needs not be. */
  public static void join(Thread thread) {
    join(thread, () -> {});
  }
}
