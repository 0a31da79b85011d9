package dev.nightjar.model.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

/** How much later a firing starts, so that not all start at once. */
public final class Jitter {

  private Jitter() {}

  /**
   * Up to the bound, in whole milliseconds, spread evenly. The same for the same firing, whoever
   * asks: it is a hash, not chance.
   *
   * @param bound at most 100 years
   */
  public static Duration of(String workflow, String trigger, Instant firing, Duration bound) {
    String name = workflow + "\n" + trigger + "\n" + firing;
    long hash = ByteBuffer.wrap(digest(name)).getLong();
    return Duration.ofMillis(Math.unsignedMultiplyHigh(hash, bound.toMillis() + 1));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
