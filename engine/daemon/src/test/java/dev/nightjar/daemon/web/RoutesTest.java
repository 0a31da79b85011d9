package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  @TempDir static Path folder;

  private static Sample sample;
  private static byte[] bytes;

  @BeforeAll
  static void start() throws IOException {
    bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(folder.resolve("log"), bytes);
    sample = new Sample(Sample.LIMITS, List.of(), file);
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  @Test
  void givesHandlersWhatTheirParametersSay() {
    HttpResponse<String> response =
        sample.get(
            Role.VIEWER, "/api/v1/runs/r%C3%A4t?limit=7&state=failed&state=succeeded&deep=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"run\":\"rät\",\"limit\":7,\"state\":[\"failed\",\"succeeded\"]}");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void aWordWinsOverAVariable() {
    assertThat(sample.get(Role.VIEWER, "/api/v1/runs/latest").body()).contains("the latest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | the query parameter `limit` must be a whole number from 1 to 100",
        "limit=1e1 | the query parameter `limit` must be a whole number from 1 to 100",
        "limit=99999999999999999999 | the query parameter `limit` must be a whole number from 1 to 100",
        "limit=1&limit=2 | the query parameter `limit` is given 2 times; give it once",
        "state=lost | the query parameter `state` must be one of failed, succeeded",
        "since=yesterday | the query parameter `since` must be a moment such as 2026-11-20T08:00:00Z",
        "deep=yes | the query parameter `deep` must be true or false",
        "limt=1 | there is no query parameter `limt`; did you mean `limit`?",
        "x=1 | there is no query parameter `x`; there are limit, state, since, deep",
      })
  void namesTheParameterThatIsWrong(String query, String detail) {
    HttpResponse<String> response = sample.get(Role.VIEWER, "/api/v1/runs/a?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Sample.detail(response)).isEqualTo(detail);
  }

  @Test
  void saysWhichMethodsThereAre() {
    HttpResponse<String> response =
        sample.send(sample.as(Role.ADMIN, "/api/v1/runs/a").PUT(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD");
  }

  @Test
  void nothingIsFoundByItsBeginning() {
    for (String path : List.of("/api/v1/runs/a/b", "/api/v1", "/api/v1/run", "/health/x")) {
      assertThat(sample.get(Role.ADMIN, path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void headHasTheHeadersAlone() {
    HttpResponse<String> response =
        sample.send(
            sample.as(Role.VIEWER, "/api/v1/runs/a").method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).hasValue("11");
    assertThat(response.body()).isEmpty();
  }

  private static HttpResponse<String> post(String type, byte[] body) {
    return sample.send(
        sample
            .as(Role.OPERATOR, "/api/v1/runs")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> post(String body) {
    return post("application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsJson() {
    HttpResponse<String> response = post("{\"n\": 1.50, \"t\": \"ä\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"n\":1.50,\"t\":\"ä\"}");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThat(Sample.detail(post("{\"a\": 1,\n  \"a\": 2}")))
        .isEqualTo("the body is not valid JSON in line 2, column 6");
    assertThat(Sample.detail(post("{} {}"))).startsWith("the body is not valid JSON in line 1");
    assertThat(Sample.detail(post("[".repeat(5_000)))).startsWith("the body is not valid JSON");
    assertThat(Sample.detail(post("{\"a\": [1e99999999]}")))
        .isEqualTo("the body has a number of more than 1000 digits");
    assertThat(Sample.detail(post(" "))).isEqualTo("the body is empty; it must be JSON");
    assertThat(Sample.detail(post(""))).startsWith("the body is missing");
    assertThat(Sample.detail(post("application/json", new byte[] {'"', (byte) 0xc0, '"'})))
        .isEqualTo("the body is not UTF-8");
    assertThat(post("text/plain", "{}".getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(415);
  }

  @Test
  void compressesWhatIsLargeForWhoAsks() throws IOException, InterruptedException {
    var request = sample.as(Role.VIEWER, "/api/v1/large").header("Accept-Encoding", "gzip, br");
    HttpResponse<byte[]> response = sample.client.send(request.build(), BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(response.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(response.body().length).isLessThan(20_000);
    var unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body()));
    assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
        .hasSize(900_011)
        .startsWith("{\"text\":\"nightjar ");
  }

  @Test
  void compressesNothingForWhoDoesNotAskOrForFewBytes() {
    for (String accepted : List.of("identity", "gzip;q=0", "br")) {
      assertThat(
              sample
                  .send(sample.as(Role.VIEWER, "/api/v1/large").header("Accept-Encoding", accepted))
                  .headers()
                  .firstValue("Content-Encoding"))
          .as(accepted)
          .isEmpty();
    }
    var small = sample.as(Role.VIEWER, "/api/v1/runs/a").header("Accept-Encoding", "gzip");
    assertThat(sample.send(small).headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void sendsAPartOfAFile() throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        sample.client.send(
            sample.as(Role.VIEWER, "/api/v1/file").build(), BodyHandlers.ofByteArray());

    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(bytes, 10, 200_010));
  }

  @Test
  void aBugHasANumberThatIsInTheLogAndNothingElse() {
    List<LogRecord> logged = new ArrayList<>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord log) {
            logged.add(log);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Answers.class.getName());
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    HttpResponse<String> response = sample.get(Role.VIEWER, "/api/v1/bug");
    logger.removeHandler(handler);

    assertThat(response.statusCode()).isEqualTo(500);
    String detail = Sample.detail(response);
    assertThat(detail)
        .matches("this is a bug in Nightjar; the daemon's log has more at [0-9a-f]{8}");
    assertThat(response.body()).doesNotContain("secret words", "Exception");
    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst().getMessage()).contains(detail.substring(detail.length() - 8));
    assertThat(logged.getFirst().getThrown()).hasMessage("secret words");
  }

  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() {
    for (String path : List.of("/health", "/api/v1/runs/a", "/nothing", "/api/v1/bug", "/login")) {
      var headers = sample.get(Role.VIEWER, path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .as(path)
          .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(headers.map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
          .doesNotContain("server", "Server");
    }
  }

  @Test
  void declarationsThatSayTwoThingsAreRefused() {
    Route one = Route.get("/a/{b}", null, "One.").with(b("b")).by(request -> Response.nothing());
    Route same = Route.get("/a/{c}", null, "Same.").with(b("c")).by(request -> Response.nothing());

    assertThatThrownBy(() -> new Router(List.of(one, same)))
        .hasMessage("two routes answer GET /a/{c}");
    assertThatThrownBy(() -> Route.get("/a/{b}", null, "x").by(request -> Response.nothing()))
        .hasMessageContaining("other variables than are declared");
    assertThatThrownBy(() -> Route.get("/a/", null, "x")).hasMessageContaining("not a path");
    assertThatThrownBy(() -> Route.get("/{a}/{a}", null, "x")).hasMessageContaining("not a path");
    assertThat(new Routes(List.of(one), Map.of()).all()).containsExactly(one);
  }

  private static Parameter b(String name) {
    return Parameter.path(name, ParameterType.text(), "It.");
  }
}
