package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WebServerTest {

  private static CompletableFuture<HttpResponse<String>> askSlowly(Sample sample)
      throws InterruptedException {
    var answer =
        sample.client.sendAsync(
            sample.as(Role.VIEWER, "/api/v1/slow").build(), BodyHandlers.ofString());
    sample.slowBegun.await();
    return answer;
  }

  @Test
  void finishesWhatRunsBeforeItCloses() throws IOException, InterruptedException {
    var limits = Sample.LIMITS;
    var patient =
        new WebSettings.Limits(
            limits.headerBytes(),
            limits.urlBytes(),
            limits.bodyBytes(),
            limits.connections(),
            limits.idle(),
            limits.headerTime(),
            limits.bodyTime(),
            limits.heartbeat(),
            Duration.ofSeconds(20));
    try (var sample = new Sample(patient, List.of(), Path.of("none"))) {
      var answer = askSlowly(sample);
      Thread closing = Thread.ofVirtual().start(sample.server::close);
      sample.slowMayEnd.countDown();

      assertThat(answer.join().body()).isEqualTo("done");
      closing.join();
      assertThatThrownBy(() -> new RawClient(sample.server.port())).isInstanceOf(Exception.class);
    }
  }

  @Test
  void waitsNoLongerThanItsBound() throws IOException, InterruptedException {
    try (var sample = new Sample()) {
      var answer = askSlowly(sample);
      sample.server.close();

      assertThat(answer.join().statusCode()).isEqualTo(503);
      assertThat(Sample.detail(answer.join())).startsWith("the daemon is stopping");
      sample.server.close();
    }
  }

  @Test
  void aHandlerMayTakeLongerThanAConnectionMayBeIdle() throws IOException, InterruptedException {
    try (var sample = new Sample()) {
      var answer = askSlowly(sample);
      Thread.sleep(Sample.LIMITS.idle().toMillis() + 300);
      sample.slowMayEnd.countDown();

      assertThat(answer.join().body()).isEqualTo("done");
    }
  }

  @Test
  void saysWhichPortCannotBeHad() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() ->
              WebServer.start(
                  WebSettings.loopback(taken.getLocalPort()),
                  new Routes(List.of(), Map.of()),
                  Assets.none(),
                  Sample.TOKENS,
                  Sample.surroundings(),
                  "1"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1 port " + taken.getLocalPort());
    }
  }

  @Test
  void namesThatAreNoneAreRefused() {
    for (String host : List.of("a/b", "http://", "a:80", "*", "a b")) {
      assertThatThrownBy(() -> new Hosts(List.of(host)))
          .hasMessageContaining("`" + host + "` is no name of a host");
    }
  }

  @Test
  void isCalledByItsAddressToo() throws IOException {
    Hosts four = hosts("10.1.2.3");
    Hosts six = hosts("fd00::7");

    assertThat(four.isOurs("10.1.2.3:80")).isTrue();
    assertThat(four.isOurs("[fd00::7]")).isFalse();
    assertThat(six.isOurs("[FD00:0::7]:80")).isTrue();
    assertThat(six.isOurs("[::1]")).isTrue();
    assertThat(six.isOurs("[::1::]")).isFalse();
    assertThat(hosts("0.0.0.0").isOurs("0.0.0.0")).isFalse();
  }

  private static Hosts hosts(String address) throws IOException {
    return Hosts.of(new WebSettings(InetAddress.ofLiteral(address), 0, List.of(), Sample.LIMITS));
  }
}
