package dev.nightjar.store;

import org.jspecify.annotations.Nullable;

/** What the store has of one run is not what was written; its other runs are as they were. */
public final class DamagedRunException extends StoreException {

  private static final long serialVersionUID = 1L;

  DamagedRunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
