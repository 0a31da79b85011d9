package dev.nightjar.daemon.web;

import dev.nightjar.stage.Surroundings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Listens and answers. Accepting and parsing are platform threads', handlers run on virtual ones.
 */
public final class WebServer implements AutoCloseable {

  /** Accept, select, parse; none of them waits. */
  private static final int THREADS = 8;

  /** Where all connections are taken, those that do nothing make room after so long. */
  private static final long CROWDED_IDLE_MILLIS = 1_000;

  /** What buffers may keep that nobody uses: 1 MiB on the heap, nothing outside. */
  private static final long KEPT_BYTES = 1 << 20;

  private final Server server;
  private final ServerConnector connector;
  private final Front front;

  private WebServer(Server server, ServerConnector connector, Front front) {
    this.server = server;
    this.connector = connector;
    this.front = front;
  }

  /**
   * Begins to listen.
   *
   * @param version of Nightjar, for the description of the API
   * @throws IOException when the address cannot be had
   * @throws IllegalArgumentException when a host is no name, or two routes answer the same
   */
  public static WebServer start(
      WebSettings settings,
      Routes routes,
      Assets assets,
      Tokens tokens,
      Surroundings surroundings,
      String version)
      throws IOException {
    var hosts = Hosts.of(settings);
    var server =
        new Server(
            threads(),
            new ScheduledExecutorScheduler("web-timer", true),
            new ArrayByteBufferPool(-1, -1, -1, -1, KEPT_BYTES, KEPT_BYTES));
    ServerConnector connector = connector(server, settings);
    open(connector);
    try {
      var authentication =
          new Authentication(
              tokens, new Throttle(surroundings.nanos()), "nightjar-" + connector.getLocalPort());
      Routes all = new OwnRoutes(authentication, hosts, version).around(routes);
      var answers = new Answers(hosts, authentication, all, assets, surroundings.random());
      var watch = new HeaderWatch(connector, settings.limits().headerTime(), surroundings.nanos());
      var front = new Front(answers, settings.limits(), surroundings.nanos(), watch);
      server.setHandler(front);
      server.setErrorHandler(new ErrorAnswers());
      begin(server);
      watch.begin();
      return new WebServer(server, connector, front);
    } catch (IOException | RuntimeException e) {
      connector.close();
      throw e;
    }
  }

  private static void open(ServerConnector connector) throws IOException {
    try {
      connector.open();
    } catch (IOException e) {
      String where = connector.getHost() + " port " + connector.getPort();
      throw new IOException("cannot listen on " + where + ": " + e.getMessage(), e);
    }
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(THREADS, 3);
    threads.setName("web");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    return threads;
  }

  private static ServerConnector connector(Server server, WebSettings settings) {
    WebSettings.Limits limits = settings.limits();
    var http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(UriCompliance.RFC3986);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    http.setRelativeRedirectAllowed(false);
    var factory = new HttpConnectionFactory(http);
    var connector = new ServerConnector(server, null, null, null, 1, 1, factory);
    connector.setHost(settings.address().getHostAddress());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    server.addConnector(connector);
    var crowd = new NetworkConnectionLimit(limits.connections(), connector);
    crowd.setEndPointIdleTimeout(Math.min(CROWDED_IDLE_MILLIS, limits.idle().toMillis()));
    server.addBean(crowd);
    return connector;
  }

  private static void begin(Server server) throws IOException {
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Accepts nothing new, lets handlers finish for the limit of {@link WebSettings.Limits#drain},
   * and ends streams and what is left. Called again it does nothing.
   */
  @Override
  public void close() {
    var _ = connector.shutdown();
    front.close();
    try {
      server.setStopTimeout(TimeUnit.SECONDS.toMillis(1));
      server.stop();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
