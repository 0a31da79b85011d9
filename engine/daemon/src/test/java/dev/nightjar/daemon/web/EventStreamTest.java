package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private Sample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new Sample();
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private BufferedReader follow(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        sample.client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The next that is no heartbeat. */
  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && (line.isEmpty() || line.equals(":"))) {
      line = lines.readLine();
    }
    return line;
  }

  private String position(HttpRequest.Builder request) throws IOException, InterruptedException {
    BufferedReader lines = follow(request);
    assertThat(next(lines)).isEqualTo("event: position");
    return next(lines);
  }

  @Test
  void sendsEventsAsTheyComeUntilThereAreNoMore() throws IOException, InterruptedException {
    BufferedReader lines = follow(sample.as(Role.VIEWER, "/api/v1/events"));
    next(lines);
    next(lines);
    sample.events.add("one\ntwo");
    assertThat(next(lines)).isEqualTo("id: 1");
    assertThat(next(lines)).isEqualTo("event: line");
    assertThat(next(lines)).isEqualTo("data: \"one\\ntwo\"");
    sample.events.add("");
    assertThat(next(lines)).isNull();
    assertThat(sample.feedEnds.take()).isEqualTo("end");
  }

  @Test
  void goesOnWhereTheClientIs() throws IOException, InterruptedException {
    assertThat(position(sample.as(Role.VIEWER, "/api/v1/events"))).isEqualTo("data: \"start\"");
    assertThat(position(sample.as(Role.VIEWER, "/api/v1/events?after=7"))).isEqualTo("data: \"7\"");
    var again = sample.as(Role.VIEWER, "/api/v1/events?after=7").header("Last-Event-ID", "9");
    assertThat(position(again)).isEqualTo("data: \"9\"");
  }

  @Test
  void isNeverSilentForLong() throws IOException, InterruptedException {
    BufferedReader lines = follow(sample.as(Role.VIEWER, "/api/v1/events"));
    int beats = 0;
    // Longer than a connection may be idle: that is about clients, not about runs.
    for (long end = System.nanoTime() + 900_000_000; System.nanoTime() < end; ) {
      beats += ":".equals(lines.readLine()) ? 1 : 0;
    }
    assertThat(beats).isBetween(3, 20);
    sample.events.add("still there");
    assertThat(next(lines)).isEqualTo("id: 1");
  }

  private RawClient ask(String path) throws IOException {
    var client = new RawClient(sample.server.port());
    client.write(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + Sample.TOKENS.of(Role.VIEWER)
            + "\r\n\r\n");
    client.readUntil("event: ");
    return client;
  }

  @Test
  void endsTheFeedOfAClientThatIsGone() throws IOException, InterruptedException {
    ask("/api/v1/events").close();

    assertThat(sample.feedEnds.poll(3, TimeUnit.SECONDS)).isEqualTo("InterruptedException");
  }

  @Test
  void endsTheFeedOfAClientThatReadsNothing() throws IOException, InterruptedException {
    try (RawClient client = ask("/api/v1/flood")) {
      assertThat(sample.feedEnds.poll(3, TimeUnit.SECONDS)).isEqualTo("IOException");
      client.readToEnd();
      assertThat(client.text()).doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void endsFeedsWhenTheServerCloses() throws IOException, InterruptedException {
    try (RawClient client = ask("/api/v1/events")) {
      sample.server.close();
      assertThat(sample.feedEnds.poll(3, TimeUnit.SECONDS)).isEqualTo("InterruptedException");
      client.readToEnd();
      assertThat(client.text()).endsWith("0\r\n\r\n");
    }
  }
}
