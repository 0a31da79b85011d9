package dev.nightjar.model;

import dev.nightjar.spi.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What holds for every step that says nothing. */
record StepDefaults(
    @Nullable Duration timeout, @Nullable RetryPolicy retry, @Nullable Integer parallelism) {

  static final StepDefaults NONE = new StepDefaults(null, null, null);

  /** A step's own policy, or this one. */
  RetryPolicy retry(@Nullable RetryPolicy own) {
    if (own != null) {
      return own;
    }
    return retry == null ? RetryPolicy.NEVER : retry;
  }
}
