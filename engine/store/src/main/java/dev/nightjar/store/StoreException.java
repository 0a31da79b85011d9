package dev.nightjar.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be used; the message says which, why and what to do. */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
