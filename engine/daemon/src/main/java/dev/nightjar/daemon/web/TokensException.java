package dev.nightjar.daemon.web;

/** Why the tokens cannot be used; the message never shows one. */
public final class TokensException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TokensException(String message) {
    super(message);
  }

  TokensException(String message, Throwable cause) {
    super(message, cause);
  }
}
