package dev.nightjar.spi;

import java.util.Locale;

/** What a {@link DataRecord} holds. */
public enum Kind {
  /** Unicode text. */
  TEXT,
  /** One JSON value. */
  JSON,
  /** Bytes of any meaning. */
  BYTES;

  /** As written in messages and declarations: {@code text}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
