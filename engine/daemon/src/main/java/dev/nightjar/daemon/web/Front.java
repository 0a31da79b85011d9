package dev.nightjar.daemon.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives each request a virtual thread, and knows which are at work. */
final class Front extends Handler.Abstract.NonBlocking {

  /** How long a handler that was interrupted may take to end. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  private final Answers answers;
  private final WebSettings.Limits limits;
  private final LongSupplier nanos;
  private final HeaderWatch watch;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Thread> working = new HashSet<>();
  private final Set<Thread> streaming = new HashSet<>();
  private boolean closing;

  Front(Answers answers, WebSettings.Limits limits, LongSupplier nanos, HeaderWatch watch) {
    this.answers = answers;
    this.limits = limits;
    this.nanos = nanos;
    this.watch = watch;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    watch.begun(connection);
    Request.addCompletionListener(request, failure -> watch.done(connection));
    // A handler may take its time; a write that does not move ends all the same.
    request.addIdleTimeoutListener(timeout -> false);
    var exchange = new Exchange(request, response, callback, limits, nanos, this);
    Thread.ofVirtual().name("web-request").start(() -> work(exchange));
    return true;
  }

  private void work(Exchange exchange) {
    if (!enter(working)) {
      exchange.answer(e -> Answers.STOPPING);
      return;
    }
    try {
      exchange.answer(answers::answer);
    } finally {
      leave(working);
    }
  }

  /** The stream of this thread begins; false when there is no time left for one. */
  boolean streamBegins() {
    return enter(streaming);
  }

  void streamEnds() {
    leave(streaming);
  }

  private boolean enter(Set<Thread> threads) {
    lock.lock();
    try {
      return !closing && threads.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private void leave(Set<Thread> threads) {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends streams, waits for the others, and interrupts those that take too long. */
  void close() {
    lock.lock();
    try {
      closing = true;
      streaming.forEach(Thread::interrupt);
      await(limits.drain());
      working.forEach(Thread::interrupt);
      await(LAST_GRACE);
    } catch (InterruptedException e) {
      working.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    while (!working.isEmpty() && left > 0) {
      left = ended.awaitNanos(left);
    }
  }
}
