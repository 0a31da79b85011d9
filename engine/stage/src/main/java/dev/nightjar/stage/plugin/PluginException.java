package dev.nightjar.stage.plugin;

import org.jspecify.annotations.Nullable;

/** A jar cannot serve as a plugin; the message names the jar, what is wrong and what to do. */
public final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
