package dev.nightjar.spi;

/** Sets one record aside with a reason. Carries no stack trace: bad data is not a bug. */
public final class Rejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why, in a few words that make sense behind {@code file:line:}. */
  public Rejected(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
