package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no client would send, byte for byte. */
class HostileRequestsTest {

  private static final String SECRET = Sample.TOKENS.of(Role.OPERATOR);
  private static final String AUTH = "Authorization: Bearer " + SECRET + "\r\n";
  private static final String HOST = "Host: localhost\r\n" + AUTH;
  private static final String POST =
      "POST /api/v1/runs HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  private static Sample sample;

  @BeforeAll
  static void start() throws IOException {
    sample = new Sample();
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
  }

  private static String header(String line) {
    return "GET /api/v1/runs/a HTTP/1.1\r\n" + HOST + line + "\r\nConnection: close\r\n\r\n";
  }

  static Stream<Arguments> refused() {
    String long400k = "a".repeat(400_000);
    return Stream.of(
        // Where a request ends.
        Arguments.of(
            "length and chunks",
            POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "chunks and length",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400),
        Arguments.of(
            "one length twice", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400),
        Arguments.of("list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}", 400),
        Arguments.of("signed length", POST + "Content-Length: +2\r\n\r\n{}", 400),
        Arguments.of("negative length", POST + "Content-Length: -1\r\n\r\n{}", 400),
        Arguments.of(
            "endless length", POST + "Content-Length: 99999999999999999999\r\n\r\n{}", 400),
        Arguments.of("chunk size no number", CHUNKED + "zz\r\n{}\r\n0\r\n\r\n", 400),
        Arguments.of("chunk size negative", CHUNKED + "-2\r\n{}\r\n0\r\n\r\n", 400),
        Arguments.of("chunk size too large", CHUNKED + "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", 400),
        Arguments.of("chunk without end", CHUNKED + "2\r\n{}X0\r\n\r\n", 400),
        Arguments.of("chunk with bare line feeds", CHUNKED + "2\n{}\n0\n\n", 400),
        Arguments.of("gzip as transfer encoding", POST + "Transfer-Encoding: gzip\r\n\r\n{}", 400),
        Arguments.of(
            "two transfer encodings",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of("nearly chunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
        // Headers.
        Arguments.of("folded", header("X: a\r\n b"), 400),
        Arguments.of("bare line feeds", "GET /health HTTP/1.1\nHost: localhost\n\n", 400),
        Arguments.of("one bare line feed", header("X: a\nY: b"), 400),
        Arguments.of("bare carriage return", header("X: a\rY: b"), 400),
        Arguments.of("NUL in a value", header("X: a\0b"), 400),
        Arguments.of("bell in a value", header("X: a\u0007b"), 400),
        Arguments.of("control in a name", header("X\u0001: a"), 400),
        Arguments.of("space before the colon", header("X : a"), 400),
        Arguments.of("no colon", header("X"), 400),
        Arguments.of("no host", "GET /health HTTP/1.1\r\n\r\n", 400),
        Arguments.of(
            "two hosts", "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
        Arguments.of("no name of a host", "GET /health HTTP/1.1\r\nHost: a b/c@d\r\n\r\n", 400),
        Arguments.of(
            "somebody else's host",
            "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            421),
        Arguments.of(
            "host with user", "GET /health HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n", 400),
        Arguments.of(
            "host with more behind",
            "GET /health HTTP/1.1\r\nHost: localhost.evil.example\r\nConnection: close\r\n\r\n",
            421),
        Arguments.of(
            "host empty", "GET /health HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n", 400),
        Arguments.of(
            "many headers",
            "GET /health HTTP/1.1\r\n"
                + HOST
                + "X: aaaaaaaaaaaaaaaaaaaa\r\n".repeat(20_000)
                + "\r\n",
            431),
        Arguments.of("long header", header("X: " + long400k), 431),
        // The first line.
        Arguments.of("endless URL", get("/" + long400k), 414),
        Arguments.of("long URL", get("/api/v1/runs/a?state=" + "a".repeat(5_000)), 414),
        Arguments.of("absolute, another's", get("http://evil.example/health"), 400),
        Arguments.of("dots", get("/api/v1/../v1/runs/a"), 400),
        Arguments.of("one dot", get("/api/./v1/runs/a"), 400),
        Arguments.of("encoded dots", get("/api/%2e%2e/api/v1/runs/a"), 400),
        Arguments.of("half encoded dots", get("/api/.%2e/api/v1/runs/a"), 400),
        Arguments.of("encoded slash", get("/api/v1/runs%2fa"), 400),
        Arguments.of("two slashes", get("//api/v1/runs/a"), 400),
        Arguments.of("slash at the end", get("/api/v1/runs/a/"), 400),
        Arguments.of("encoded NUL", get("/api/v1/runs/a%00"), 400),
        Arguments.of("encoded line feed", get("/api/v1/runs/a%0ab"), 400),
        Arguments.of("backslash", get("/api\\v1"), 400),
        Arguments.of("encoded backslash", get("/api/v1/runs/a%5cb"), 400),
        Arguments.of("path parameter", get("/api/v1/runs/a;x=1"), 400),
        Arguments.of("fragment", get("/api/v1/runs/a#b"), 400),
        Arguments.of("half an encoding", get("/api/v1/runs/a%z"), 400),
        Arguments.of("no UTF-8", get("/api/v1/runs/%ff"), 400),
        Arguments.of("overlong UTF-8", get("/api/v1/runs/%c0%af"), 400),
        Arguments.of("unencoded", get("/api/v1/runs/\u00e4"), 400),
        Arguments.of("no UTF-8 in the query", get("/api/v1/runs/a?state=%ff"), 400),
        Arguments.of("no path", "OPTIONS * HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", 400),
        Arguments.of(
            "tunnel",
            "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n"
                + AUTH
                + "Connection: close\r\n\r\n",
            404),
        Arguments.of(
            "trace", "TRACE /api/v1/runs/a HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", 405),
        Arguments.of("no method", "G(T / HTTP/1.1\r\n" + HOST + "\r\n", 400),
        Arguments.of("HTTP/0.9", "GET /health\r\n\r\n", 505),
        Arguments.of("HTTP/3.7", "GET /health HTTP/3.7\r\n" + HOST + "\r\n", 505),
        Arguments.of("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Arguments.of(
            "TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 400),
        // Bodies.
        Arguments.of(
            "long body", POST + "Content-Length: 1048577\r\nConnection: close\r\n\r\n", 413),
        Arguments.of(
            "endless body", CHUNKED + ("10000\r\n" + "a".repeat(65_536) + "\r\n").repeat(40), 413),
        Arguments.of(
            "longer than its route allows",
            "POST /hooks/a HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 11\r\nConnection: close\r\n\r\n12345678901",
            413),
        Arguments.of("slow body", POST + "Content-Length: 10\r\n\r\n{", 408));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, String request, int status) throws IOException {
    RawClient client = RawClient.ask(sample.server.port(), request);

    assertThat(client.statuses()).containsExactly(String.valueOf(status));
    assertThat(client.text())
        .contains("application/problem+json", "\"detail\":", "X-Content-Type-Options: nosniff")
        .doesNotContain(SECRET, "jetty", "Jetty", "Exception", "\tat ");
  }

  @Test
  void whoIsRefusedBeforeTheBodyHasComeIsToldThatTheConnectionEnds() throws Exception {
    String head =
        "POST /api/v1/runs HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 2\r\n\r\n"
            .formatted(sample.server.port());

    try (var early = new RawClient(sample.server.port());
        var whole = new RawClient(sample.server.port())) {
      early.write(head);
      early.readUntil("\r\n\r\n");
      assertThat(early.text()).startsWith("HTTP/1.1 401").contains("\r\nConnection: close\r\n");

      whole.write(head + "{}");
      whole.readUntil("\r\n\r\n");
      assertThat(whole.text()).startsWith("HTTP/1.1 401").doesNotContain("Connection: close");
    }
  }

  @Test
  void anAbsoluteAddressOfOurOwnIsTheSame() throws IOException {
    String request =
        "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(RawClient.ask(sample.server.port(), request).statuses()).containsExactly("200");
  }

  @Test
  void endsWhoSendsItsHeadersByteByByte() throws IOException {
    try (var client = new RawClient(sample.server.port())) {
      long begun = System.nanoTime();
      client.write("GET /health HTTP/1.1\r\nX: ");
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < 200 && drip(client); i++) {}
          });
      client.readToEnd();

      assertThat(client.statuses()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(450), Duration.ofMillis(2_500));
    }
  }

  private static boolean drip(RawClient client) {
    try {
      Thread.sleep(20);
      client.write("a");
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void endsWhoDripsTheHeadersOfItsSecondRequest() throws IOException {
    try (var client = new RawClient(sample.server.port())) {
      client.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.readUntil("{\"ok\":true}");
      client.write("GET /health HTTP/1.1\r\nX: ");
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < 200 && drip(client); i++) {}
          });
      client.readToEnd();

      assertThat(client.statuses()).containsExactly("200");
    }
  }

  @Test
  void endsWhoSaysNothing() throws IOException {
    try (var client = new RawClient(sample.server.port())) {
      client.readToEnd();
      assertThat(client.text()).isEmpty();
    }
  }

  @Test
  void answersRequestsInTheirOrderThatCameTogether() throws IOException {
    RawClient client =
        RawClient.ask(
            sample.server.port(),
            "GET /api/v1/runs/one HTTP/1.1\r\n" + HOST + "\r\n" + get("/api/v1/runs/two"));

    assertThat(client.statuses()).containsExactly("200", "200");
    assertThat(client.text().indexOf("\"one\""))
        .isPositive()
        .isLessThan(client.text().indexOf("\"two\""));
  }

  @Test
  void aBodyThatNobodyReadIsNoRequest() throws IOException {
    String smuggled = get("/api/v1/runs/smuggled");
    RawClient client =
        RawClient.ask(
            sample.server.port(),
            "GET /api/v1/runs/a HTTP/1.1\r\n"
                + HOST
                + "Content-Length: "
                + smuggled.length()
                + "\r\n\r\n"
                + smuggled);

    assertThat(client.statuses()).containsExactly("200");
    assertThat(client.text()).doesNotContain("smuggled");
  }

  @Test
  void moreConnectionsThanTheLimitWaitUntilIdleOnesAreEnded() throws IOException {
    var limits = Sample.LIMITS;
    var few =
        new WebSettings.Limits(
            limits.headerBytes(),
            limits.urlBytes(),
            limits.bodyBytes(),
            3,
            limits.idle(),
            limits.headerTime(),
            limits.bodyTime(),
            limits.heartbeat(),
            limits.drain());
    List<RawClient> idle = new ArrayList<>();
    try (var crowded = new Sample(few, List.of(), Path.of("none"))) {
      for (int i = 0; i < 6; i++) {
        idle.add(new RawClient(crowded.server.port()));
      }
      RawClient last =
          RawClient.ask(
              crowded.server.port(),
              "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(last.statuses()).containsExactly("200");
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  @Test
  void headersThatAreNoListsAreNoBugs() throws IOException {
    String odd = "If-None-Match: \"x\r\nAccept-Encoding: gzip;q=\", \"\r\nAccept: \"\r\n";
    for (String path : List.of("/", "/api/v1/runs/a", "/login", "/api/v1/large")) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\n"
              + HOST
              + odd
              + "Cookie: =;;=\r\nConnection: close\r\n\r\n";
      assertThat(RawClient.ask(sample.server.port(), request).statuses())
          .as(path)
          .containsExactly("200");
    }
  }

  @Test
  void stillAnswersAfterAllThat() throws SocketTimeoutException, IOException {
    assertThat(RawClient.ask(sample.server.port(), get("/health")).statuses())
        .containsExactly("200");
  }
}
