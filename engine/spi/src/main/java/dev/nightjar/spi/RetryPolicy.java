package dev.nightjar.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When and how often something is tried again. The waits are a pure function of the policy, the
 * failures so far, the time spent and a random number.
 */
public record RetryPolicy(
    @Doc("How often to try in all, the first time included.") @Default("3") int maxAttempts,
    @Doc("The wait after the first failure.") @Default("1s") Duration delay,
    @Doc("How the wait grows from one failure to the next.") @Default("exponential")
        Backoff backoff,
    @Doc("By what the wait is multiplied each time; for exponential backoff.") @Default("2")
        double factor,
    @Doc("The longest wait.") @Default("5m") Duration maxDelay,
    @Doc("The part of each wait that is drawn by chance, from 0 (none) to 1 (all of it).")
        @Default("0")
        double jitter,
    @Doc("No further attempt starts later than this after the first one.")
        @Nullable Duration maxElapsed,
    @Doc("Try again only on these: codes of failures, or words of their message.") @Default("[]")
        List<String> on,
    @Doc("Never try again on these: codes of failures, or words of their message.") @Default("[]")
        List<String> notOn) {

  /** One attempt. */
  public static final RetryPolicy NEVER =
      new RetryPolicy(
          1, Duration.ZERO, Backoff.CONSTANT, 1, Duration.ZERO, 0, null, List.of(), List.of());

  /** How waits grow. */
  public enum Backoff {
    @Doc("Always the same wait.")
    CONSTANT,
    @Doc("The delay times the number of failures.")
    LINEAR,
    @Doc("Multiplied by the factor with each failure.")
    EXPONENTIAL
  }

  public RetryPolicy {
    check(maxAttempts >= 1, "max_attempts must be at least 1");
    check(!delay.isNegative(), "delay must not be negative");
    check(factor >= 1 && factor <= 1000, "factor must be from 1 to 1000");
    check(!maxDelay.isNegative(), "max_delay must not be negative");
    check(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1");
    on = List.copyOf(on);
    notOn = List.copyOf(notOn);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param failures how many attempts have failed, at least 1
   * @param elapsed since the first attempt started
   * @param chance evenly drawn from [0, 1)
   * @return empty when there is to be none
   */
  public Optional<Duration> wait(int failures, Duration elapsed, double chance) {
    if (failures >= maxAttempts) {
      return Optional.empty();
    }
    double full =
        switch (backoff) {
          case CONSTANT -> seconds(delay);
          case LINEAR -> seconds(delay) * failures;
          case EXPONENTIAL -> seconds(delay) * Math.pow(factor, failures - 1);
        };
    double bounded = Math.min(full, seconds(maxDelay));
    var wait = Duration.ofNanos((long) (bounded * (1 - jitter * chance) * 1e9));
    if (maxElapsed != null && elapsed.plus(wait).compareTo(maxElapsed) > 0) {
      return Optional.empty();
    }
    return Optional.of(wait);
  }

  /** Whether a failure of this code and message is one to try again on. */
  public boolean covers(String code, String message) {
    return notOn.stream().noneMatch(word -> matches(word, code, message))
        && (on.isEmpty() || on.stream().anyMatch(word -> matches(word, code, message)));
  }

  private static boolean matches(String word, String code, String message) {
    return word.equals(code) || message.contains(word);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
