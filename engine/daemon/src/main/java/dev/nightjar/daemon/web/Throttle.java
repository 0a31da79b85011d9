package dev.nightjar.daemon.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who shows wrong tokens: after some of them each further one has to wait, twice as long
 * as the one before. Right tokens never wait: those who share an address with a guesser, as
 * everybody on the loopback does, must not be locked out, and 256 bits are not guessed.
 */
final class Throttle {

  /** What a person may mistype. */
  private static final int FREE = 5;

  private static final int MAX_SECONDS = 64;

  /** After so long without another, all is forgotten. */
  private static final Duration MEMORY = Duration.ofMinutes(15);

  /** Peers that are remembered, the latest. */
  private static final int MAX_PEERS = 1_000;

  private record Failures(int count, long last) {

    /** Nanoseconds from the last one in which no other is looked at. */
    long pause() {
      int beyond = count - FREE;
      return beyond < 0
          ? 0
          : Duration.ofSeconds(Math.min(MAX_SECONDS, 1L << Math.min(beyond, 30))).toNanos();
    }
  }

  private final LongSupplier nanos;
  private final Map<String, Failures> peers = new LinkedHashMap<>(16, 0.75f, true);

  Throttle(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Remembers a wrong token.
   *
   * @return the seconds that the peer has to wait before the next one is looked at; 0 when this one
   *     was
   */
  synchronized long failed(String peer) {
    long now = nanos.getAsLong();
    Failures before = peers.get(peer);
    if (before == null || now - before.last() > MEMORY.toNanos()) {
      before = new Failures(0, now);
    }
    long left = before.last() + before.pause() - now;
    if (left > 0) {
      return Math.max(1, Duration.ofNanos(left).plusMillis(999).toSeconds());
    }
    peers.put(peer, new Failures(before.count() + 1, now));
    if (peers.size() > MAX_PEERS) {
      peers.remove(peers.keySet().iterator().next());
    }
    return 0;
  }
}
