package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  private static Sample sample;

  @BeforeAll
  static void start() throws IOException {
    sample = new Sample();
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  private static String origin() {
    return "http://localhost:" + sample.server.port();
  }

  @Test
  void whoIsNotKnownLearnsNothingOfTheRoutes() {
    Set<String> answers = new TreeSet<>();
    for (String path :
        List.of("/api/v1/runs/a", "/api/v1/runs", "/api/v1/none", "/", "/x", "/api/v1/bug")) {
      for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
        var request = sample.to(path).method(method, BodyPublishers.noBody());
        HttpResponse<String> response = sample.send(request);
        answers.add(response.statusCode() + " " + response.body());
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(response.headers().firstValue("Allow")).isEmpty();
      }
    }
    assertThat(answers).hasSize(1).first().asString().startsWith("401 ");
  }

  @Test
  void everybodyMayAskForHealthAndHooksAndTheSignInPage() {
    assertThat(sample.send(sample.to("/health")).body()).isEqualTo("{\"ok\":true}");
    assertThat(sample.send(sample.to("/login")).statusCode()).isEqualTo(200);
    assertThat(sample.send(sample.to("/login.css")).statusCode()).isEqualTo(200);
    var hook = sample.to("/hooks/orders").POST(BodyPublishers.ofString("12345"));
    assertThat(sample.send(hook).body()).isEqualTo("{\"bytes\":5}");
  }

  @Test
  void aRoleMayWhatTheOnesBelowItMay() {
    var delete = sample.as(Role.OPERATOR, "/api/v1/runs/a").DELETE();
    HttpResponse<String> refused = sample.send(delete);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Sample.detail(refused)).isEqualTo("this needs the role admin; yours is operator");
    assertThat(sample.send(sample.as(Role.ADMIN, "/api/v1/runs/a").DELETE()).statusCode())
        .isEqualTo(204);
    for (Role role : Role.values()) {
      assertThat(sample.get(role, "/api/v1/session").body())
          .isEqualTo("{\"role\":\"" + role.word() + "\"}");
    }
  }

  @Test
  void onlyTheWholeTokenCounts() throws IOException {
    String token = Sample.TOKENS.of(Role.ADMIN);
    String other = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    try (var fresh = new Sample()) {
      for (String shown :
          List.of(
              "Bearer " + other,
              "Bearer " + token + "x",
              "Bearer " + token.substring(0, 20),
              "Bearer",
              "Basic " + token)) {
        HttpResponse<String> response =
            fresh.send(fresh.to("/api/v1/session").header("Authorization", shown));
        assertThat(response.statusCode()).as(shown).isEqualTo(401);
        assertThat(response.body()).doesNotContain(token.substring(3, 20));
      }
    }
  }

  @Test
  void guessersWaitAndOthersDoNot() throws IOException {
    try (var fresh = new Sample()) {
      Set<Integer> statuses = new TreeSet<>();
      HttpResponse<String> last = null;
      for (int i = 0; i < 10; i++) {
        last = fresh.send(fresh.to("/").header("Authorization", "Bearer nj_admin_" + i));
        statuses.add(last.statusCode());
      }
      assertThat(statuses).containsExactly(401, 429);
      assertThat(last.headers().firstValue("Retry-After"))
          .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9]"));
      assertThat(fresh.get(Role.VIEWER, "/api/v1/session").statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder signIn(String token) {
    return sample
        .to("/session")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}"));
  }

  private static String cookie(Role role) {
    HttpResponse<String> response =
        sample.send(signIn(Sample.TOKENS.of(role)).header("Origin", origin()));
    assertThat(response.body()).isEqualTo("{\"role\":\"" + role.word() + "\"}");
    return response.headers().firstValue("Set-Cookie").orElseThrow();
  }

  private static String value(String cookie) {
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void aSessionIsACookieThatOnlyOurPageCanUse() {
    String cookie = cookie(Role.OPERATOR);

    assertThat(cookie)
        .startsWith("nightjar-" + sample.server.port() + "=operator.")
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain("Secure", Sample.TOKENS.of(Role.OPERATOR));
    var asked = sample.to("/api/v1/session").header("Cookie", "a=b; " + value(cookie));
    assertThat(sample.send(asked).body()).isEqualTo("{\"role\":\"operator\"}");
  }

  private static HttpRequest.Builder startRun(String cookie) {
    return sample
        .to("/api/v1/runs")
        .header("Cookie", value(cookie))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"));
  }

  @Test
  void withACookieOnlyOurOwnPageChangesSomething() {
    String cookie = cookie(Role.OPERATOR);

    assertThat(sample.send(startRun(cookie).header("Origin", origin())).statusCode())
        .isEqualTo(201);
    assertThat(sample.send(startRun(cookie)).statusCode()).isEqualTo(403);
    for (String foreign :
        List.of(
            "null",
            "http://localhost",
            "http://localhost:" + (sample.server.port() ^ 1),
            "https://localhost:" + sample.server.port(),
            "http://evil.example")) {
      HttpResponse<String> response = sample.send(startRun(cookie).header("Origin", foreign));
      assertThat(response.statusCode()).as(foreign).isEqualTo(403);
    }
    for (String site : List.of("cross-site", "same-site", "none")) {
      var request = startRun(cookie).header("Origin", origin()).header("Sec-Fetch-Site", site);
      assertThat(sample.send(request).statusCode()).as(site).isEqualTo(403);
    }
  }

  @Test
  void anotherPageSignsNobodyInOrOut() {
    var in = signIn(Sample.TOKENS.of(Role.VIEWER)).header("Origin", "http://evil.example");
    var out = sample.to("/session").header("Sec-Fetch-Site", "cross-site").DELETE();

    assertThat(sample.send(in).statusCode()).isEqualTo(403);
    assertThat(sample.send(out).statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionEnds() {
    HttpResponse<String> response = sample.send(sample.to("/session").DELETE());

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("=;", "Max-Age=0");
  }

  @Test
  void aForgedSessionIsNone() {
    String cookie = value(cookie(Role.VIEWER));
    for (String forged :
        List.of(cookie.replace("viewer", "admin"), cookie + "x", cookie.replaceAll("=.*", "="))) {
      var request = sample.to("/api/v1/session").header("Cookie", forged);
      assertThat(sample.send(request).statusCode()).as(forged).isEqualTo(401);
    }
  }

  @Test
  void behindTlsTheCookieIsForTlsAlone() throws IOException {
    String body = "{\"token\":\"" + Sample.TOKENS.of(Role.VIEWER) + "\"}";
    RawClient client =
        RawClient.ask(
            sample.server.port(),
            "POST /session HTTP/1.1\r\nHost: nightjar.example.org\r\n"
                + "Origin: https://nightjar.example.org\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertThat(client.statuses()).containsExactly("200");
    assertThat(client.text()).contains("; SameSite=Strict", "; Secure");
  }

  @Test
  void aBrowserWithoutSessionSeesTheSignInPage() {
    var browser = sample.to("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    HttpResponse<String> response = sample.send(browser);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("<title>Sign in</title>");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
  }
}
