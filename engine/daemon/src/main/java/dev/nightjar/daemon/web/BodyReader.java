package dev.nightjar.daemon.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads the body of a request, up to a size and within a time. */
final class BodyReader {

  private final Request in;
  private final long max;
  private final long limit;
  private final LongSupplier nanos;

  BodyReader(Request in, long max, Duration limit, LongSupplier nanos) {
    this.in = in;
    this.max = max;
    this.limit = limit.toNanos();
    this.nanos = nanos;
  }

  byte[] read() throws IOException, InterruptedException {
    if (in.getLength() > max) {
      throw tooLarge();
    }
    long until = nanos.getAsLong() + limit;
    var bytes = new ByteArrayOutputStream();
    while (true) {
      Content.Chunk chunk = in.read();
      if (chunk == null) {
        await(until - nanos.getAsLong());
        continue;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw new IOException(chunk.getFailure());
      }
      append(chunk, bytes);
      if (chunk.isLast()) {
        return bytes.toByteArray();
      }
    }
  }

  private void append(Content.Chunk chunk, ByteArrayOutputStream bytes) {
    try {
      if (bytes.size() + chunk.remaining() > max) {
        throw tooLarge();
      }
      byte[] part = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(part);
      bytes.writeBytes(part);
    } finally {
      chunk.release();
    }
  }

  private void await(long left) throws InterruptedException {
    var more = new CountDownLatch(1);
    in.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, more::countDown));
    if (!more.await(left, TimeUnit.NANOSECONDS)) {
      throw new Problem(
          408,
          "Request timeout",
          "the body did not come within " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
    }
  }

  private Problem tooLarge() {
    return new Problem(413, "Content too large", "the body may have " + max + " bytes");
  }
}
