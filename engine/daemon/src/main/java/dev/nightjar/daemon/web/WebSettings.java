package dev.nightjar.daemon.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where the server listens and what it takes.
 *
 * @param port 0 for any that is free
 * @param hosts names, beside the loopback's, by which it may be called, such as {@code
 *     nightjar.example.org}; with {@code https://} before them when something in front speaks TLS
 */
public record WebSettings(InetAddress address, int port, List<String> hosts, Limits limits) {

  /**
   * What one client can take.
   *
   * @param headerBytes of a request's first line and headers
   * @param urlBytes of path and query
   * @param bodyBytes of a request, unless its route says otherwise
   * @param connections open at once
   * @param idle how long a connection may do nothing, and a client may read nothing
   * @param headerTime from the first byte of a request to the end of its headers
   * @param bodyTime from there to the end of its body
   * @param heartbeat the longest silence in a stream of events
   * @param drain how long handlers may go on when the server closes
   */
  public record Limits(
      int headerBytes,
      int urlBytes,
      long bodyBytes,
      int connections,
      Duration idle,
      Duration headerTime,
      Duration bodyTime,
      Duration heartbeat,
      Duration drain) {

    /** 16 KiB, 4 KiB, 1 MiB, 200, 30 s, 10 s, 30 s, 15 s, 5 s. */
    public static final Limits DEFAULT =
        new Limits(
            16 << 10,
            4 << 10,
            1 << 20,
            200,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5));
  }

  /** On the loopback, for this machine alone. */
  public static WebSettings loopback(int port) {
    return new WebSettings(InetAddress.getLoopbackAddress(), port, List.of(), Limits.DEFAULT);
  }
}
