package dev.nightjar.runtime;

/** Whether a run may still act, and may still begin something. Safe for use by many threads. */
final class Standing {

  private volatile boolean lost;
  private volatile boolean parking;
  private volatile boolean heldBack;

  /** Nothing is remembered from now on, so nothing may be done. */
  void lose() {
    lost = true;
  }

  boolean isLost() {
    return lost;
  }

  /** No further step begins from now on. */
  void park() {
    parking = true;
  }

  /** Asked for each step that would begin; what is held back once is for whoever resumes. */
  boolean holdsBack() {
    heldBack |= parking;
    return parking;
  }

  /** Whether anything was held back, so that the run has not come to its end. */
  boolean hasHeldBack() {
    return heldBack;
  }
}
