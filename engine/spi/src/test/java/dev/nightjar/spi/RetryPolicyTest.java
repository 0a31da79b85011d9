package dev.nightjar.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.RetryPolicy.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void waitsAsTheBackoffSays() {
    assertThat(waits(policy(5, Backoff.CONSTANT, 0, null), 0))
        .containsExactly(ofSeconds(2), ofSeconds(2), ofSeconds(2), ofSeconds(2));
    assertThat(waits(policy(5, Backoff.LINEAR, 0, null), 0))
        .containsExactly(ofSeconds(2), ofSeconds(4), ofSeconds(6), ofSeconds(8));
    assertThat(waits(policy(6, Backoff.EXPONENTIAL, 0, null), 0))
        .containsExactly(ofSeconds(2), ofSeconds(6), ofSeconds(18), ofSeconds(54), ofMinutes(1));
  }

  @Test
  void drawsOnlyThePartOfAWaitThatIsLeftToChance() {
    var half = policy(2, Backoff.CONSTANT, 0.5, null);
    assertThat(half.wait(1, ZERO, 0)).contains(ofSeconds(2));
    assertThat(half.wait(1, ZERO, 0.5)).contains(ofMillis(1500));
    assertThat(half.wait(1, ZERO, 1)).contains(ofSeconds(1));

    var all = policy(2, Backoff.CONSTANT, 1, null);
    assertThat(all.wait(1, ZERO, 0)).contains(ofSeconds(2));
    assertThat(all.wait(1, ZERO, 0.5)).contains(ofSeconds(1));
    assertThat(all.wait(1, ZERO, 1)).contains(ZERO);

    var none = policy(2, Backoff.CONSTANT, 0, null);
    assertThat(none.wait(1, ZERO, 1)).contains(ofSeconds(2));
  }

  @Test
  void startsNoAttemptLaterThanItMay() {
    var policy = policy(9, Backoff.CONSTANT, 0, ofSeconds(10));
    assertThat(policy.wait(1, ofSeconds(8), 0)).contains(ofSeconds(2));
    assertThat(policy.wait(1, ofSeconds(8).plusNanos(1), 0)).isEmpty();
  }

  @Test
  void endsWithTheLastAttempt() {
    assertThat(RetryPolicy.NEVER.wait(1, ZERO, 0)).isEmpty();
    assertThat(policy(3, Backoff.LINEAR, 0, null).wait(3, ZERO, 0)).isEmpty();
  }

  @Test
  void neverWaitsLongerThanTheLongestWaitHoweverOftenItFailed() {
    var policy = policy(Integer.MAX_VALUE, Backoff.EXPONENTIAL, 0, null);
    assertThat(policy.wait(Integer.MAX_VALUE - 1, ZERO, 0)).contains(ofMinutes(1));
  }

  @Test
  void coversWhatItNamesAndNotWhatItExcludes() {
    var all = policy(2, Backoff.CONSTANT, 0, null);
    assertThat(all.covers("io", "connection reset")).isTrue();

    var some = covering(List.of("io", "reset"), List.of("disk full"));
    assertThat(some.covers("io", "anything")).isTrue();
    assertThat(some.covers("other", "connection reset")).isTrue();
    assertThat(some.covers("other", "refused")).isFalse();
    assertThat(some.covers("io", "disk full")).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> policy(0, Backoff.CONSTANT, 0, null))
        .hasMessage("max_attempts must be at least 1");
    assertThatThrownBy(() -> policy(1, Backoff.CONSTANT, 1.1, null))
        .hasMessage("jitter must be from 0 to 1");
    assertThatThrownBy(() -> policy(1, Backoff.CONSTANT, Double.NaN, null))
        .hasMessage("jitter must be from 0 to 1");
  }

  private static List<Duration> waits(RetryPolicy policy, double chance) {
    var waits = new ArrayList<Duration>();
    for (int failures = 1; ; failures++) {
      var wait = policy.wait(failures, ZERO, chance);
      if (wait.isEmpty()) {
        return waits;
      }
      waits.add(wait.get());
    }
  }

  private static RetryPolicy policy(
      int attempts, Backoff backoff, double jitter, Duration maxElapsed) {
    return new RetryPolicy(
        attempts, ofSeconds(2), backoff, 3, ofMinutes(1), jitter, maxElapsed, List.of(), List.of());
  }

  private static RetryPolicy covering(List<String> on, List<String> notOn) {
    return new RetryPolicy(2, ofSeconds(2), Backoff.CONSTANT, 1, ofMinutes(1), 0, null, on, notOn);
  }
}
