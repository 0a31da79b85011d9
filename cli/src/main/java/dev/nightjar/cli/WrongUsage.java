package dev.nightjar.cli;

/** What was typed cannot be done; one line says why and what to type instead. */
final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message, null, false, false);
  }
}
