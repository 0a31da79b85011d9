package dev.nightjar.store;

/** Another process has the run; the message says who. */
public final class HeldException extends StoreException {

  private static final long serialVersionUID = 1L;

  public HeldException(String message) {
    super(message, null);
  }
}
