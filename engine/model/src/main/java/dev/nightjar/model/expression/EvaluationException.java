package dev.nightjar.model.expression;

/** An expression has no value for the data it met. Carries no stack trace: bad data is no bug. */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Which part of the expression, and why. */
  public EvaluationException(String message) {
    super(message, null, false, false);
  }
}
