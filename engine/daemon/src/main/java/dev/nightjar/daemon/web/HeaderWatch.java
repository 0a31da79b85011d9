package dev.nightjar.daemon.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Ends connections whose request does not get through its headers in time. The server's own limit
 * begins anew with every byte.
 */
final class HeaderWatch implements Connection.Listener {

  /** A look every so many parts of the limit. */
  private static final int LOOKS = 8;

  private static final class State {
    /** Requests that are not answered yet. */
    int answering;

    /** Bytes that had come when the last request had been answered. */
    long rest;

    /** When more were seen to have come; of a new connection, when it was opened. */
    long since;

    boolean waiting = true;
  }

  private final ServerConnector connector;
  private final long limit;
  private final LongSupplier nanos;
  private final Map<Connection, State> states = new ConcurrentHashMap<>();

  HeaderWatch(ServerConnector connector, Duration limit, LongSupplier nanos) {
    this.connector = connector;
    this.limit = limit.toNanos();
    this.nanos = nanos;
    connector.addEventListener(this);
  }

  /** Once the server has started. */
  void begin() {
    var _ = connector.getScheduler().schedule(this::look, limit / LOOKS, TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    var state = new State();
    state.since = nanos.getAsLong();
    states.put(connection, state);
  }

  @Override
  public void onClosed(Connection connection) {
    states.remove(connection);
  }

  /** The headers of a request are there. */
  void begun(Connection connection) {
    State state = states.get(connection);
    if (state != null) {
      synchronized (state) {
        state.answering++;
      }
    }
  }

  /** A request has been answered. */
  void done(Connection connection) {
    State state = states.get(connection);
    if (state != null) {
      synchronized (state) {
        state.answering--;
        state.waiting = false;
        state.rest = connection.getBytesIn();
      }
    }
  }

  private void look() {
    long now = nanos.getAsLong();
    states.forEach((connection, state) -> {
      if (isLate(connection, state, now)) {
        connection.getEndPoint().close();
      }
    });
    if (connector.isRunning()) {
      begin();
    }
  }

  private boolean isLate(Connection connection, State state, long now) {
    synchronized (state) {
      if (state.answering > 0) {
        return false;
      }
      if (!state.waiting && connection.getBytesIn() > state.rest) {
        state.waiting = true;
        state.since = now;
      }
      return state.waiting && now - state.since > limit;
    }
  }
}
