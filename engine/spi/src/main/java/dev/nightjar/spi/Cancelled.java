package dev.nightjar.spi;

/** The step is to stop: pass it on. Never a failure. */
public final class Cancelled extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Cancelled() {
    super("cancelled", null, false, false);
  }
}
