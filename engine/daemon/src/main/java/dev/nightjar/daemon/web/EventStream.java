package dev.nightjar.daemon.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Server-sent events to one client, with a comment where there would be silence. */
final class EventStream implements EventWriter {

  private static final String HEARTBEAT = ":\n\n";

  private final Content.Sink out;
  private final long heartbeat;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** When something was sent last, in {@link #nanos}. */
  private long sent;

  private boolean over;

  EventStream(Content.Sink out, Duration heartbeat, LongSupplier nanos) {
    this.out = out;
    this.heartbeat = heartbeat.toNanos();
    this.nanos = nanos;
  }

  /**
   * Returns when there are no more events, or the server closes; throws when the client is gone.
   */
  void run(Response.Feed feed) throws IOException {
    Thread feeder = Thread.currentThread();
    write(HEARTBEAT);
    Thread beats = Thread.ofVirtual().name("web-heartbeat").start(() -> beat(feeder));
    try {
      feed.send(this);
    } catch (InterruptedException closing) {
      // Or the client is gone: then ending the stream fails, too.
    } finally {
      end();
      beats.interrupt();
    }
  }

  private void end() {
    lock.lock();
    try {
      over = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void beat(Thread feeder) {
    lock.lock();
    try {
      while (!over) {
        long left = sent + heartbeat - nanos.getAsLong();
        if (left <= 0) {
          write(HEARTBEAT);
        } else {
          var _ = ended.awaitNanos(left);
        }
      }
    } catch (IOException gone) {
      feeder.interrupt();
    } catch (InterruptedException ending) {
      // Nobody needs it any more.
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(@Nullable String id, String event, JsonNode data) throws IOException {
    var text = new StringBuilder();
    if (id != null) {
      text.append("id: ").append(oneLine(id)).append('\n');
    }
    text.append("event: ").append(oneLine(event)).append("\ndata: ").append(data).append("\n\n");
    write(text.toString());
  }

  private static String oneLine(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("control characters in the id or kind of an event");
    }
    return text;
  }

  private void write(String text) throws IOException {
    lock.lock();
    try {
      Content.Sink.write(out, false, StandardCharsets.UTF_8.encode(text));
      sent = nanos.getAsLong();
    } finally {
      lock.unlock();
    }
  }
}
