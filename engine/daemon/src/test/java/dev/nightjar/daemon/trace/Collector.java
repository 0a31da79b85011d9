package dev.nightjar.daemon.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Receives traces by OTLP over HTTP, as far as Nightjar speaks it. */
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> resources = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch answers = new CountDownLatch(1);

  /** What it got of a span; a status is 0 unset, 2 error. */
  record Received(
      String trace,
      String id,
      String parent,
      String name,
      Instant from,
      Instant to,
      Map<String, Object> attributes,
      List<Happened> events,
      long status,
      String message) {}

  record Happened(String name, Instant at, Map<String, Object> attributes) {}

  Collector(boolean answersAtOnce) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
    if (answersAtOnce) {
      answers.countDown();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new Message(exchange.getRequestBody().readAllBytes());
      answers.await();
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
      for (Message ofResource : request.messages(1)) {
        ofResource.messages(1).forEach(resource -> resources.add(attributes(resource, 1)));
        ofResource.messages(2).stream()
            .flatMap(scope -> scope.messages(2).stream())
            .map(Collector::span)
            .forEach(spans::add);
      }
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Received span(Message span) {
    Message status = span.has(15) ? span.messages(15).getFirst() : new Message(new byte[0]);
    return new Received(
        HexFormat.of().formatHex(span.bytes(1)),
        HexFormat.of().formatHex(span.bytes(2)),
        HexFormat.of().formatHex(span.bytes(4)),
        span.text(5),
        time(span.number(7)),
        time(span.number(8)),
        attributes(span, 9),
        span.messages(11).stream()
            .map(one -> new Happened(one.text(2), time(one.number(1)), attributes(one, 3)))
            .toList(),
        status.number(3),
        status.text(2));
  }

  private static Instant time(long nanos) {
    return Instant.EPOCH.plus(Duration.ofNanos(nanos));
  }

  private static Map<String, Object> attributes(Message owner, int field) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Message attribute : owner.messages(field)) {
      Message value = attribute.messages(2).getFirst();
      attributes.put(attribute.text(1), value.has(1) ? value.text(1) : value.number(3));
    }
    return attributes;
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  List<Received> spans() {
    return List.copyOf(spans);
  }

  Received span(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** What the requests said of who sends them. */
  List<Map<String, Object>> resources() {
    return List.copyOf(resources);
  }

  /** The header {@code api-key} of each request. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  @Override
  public void close() {
    answers.countDown();
    server.stop(0);
  }
}
