package dev.nightjar.store;

/** There is nothing left to do with the run: it has ended, or was forgotten. */
public final class EndedException extends StoreException {

  private static final long serialVersionUID = 1L;

  EndedException(String message) {
    super(message, null);
  }
}
