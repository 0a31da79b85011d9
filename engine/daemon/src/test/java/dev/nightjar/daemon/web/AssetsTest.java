package dev.nightjar.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.daemon.web.Assets.Asset;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AssetsTest {

  private static Sample sample;

  @BeforeAll
  static void start() throws IOException {
    sample = new Sample();
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  @Test
  void areSentOnceAndThenOnlyWhenTheyChanged() {
    HttpResponse<String> first = sample.get(Role.VIEWER, "/");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    assertThat(first.body()).contains("<title>Nightjar</title>");
    assertThat(first.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    var again = sample.as(Role.VIEWER, "/").header("If-None-Match", "\"x\", " + tag);
    assertThat(sample.send(again).statusCode()).isEqualTo(304);
    assertThat(sample.send(again).body()).isEmpty();
    var changed = sample.as(Role.VIEWER, "/").header("If-None-Match", "W/\"x\"");
    assertThat(sample.send(changed).statusCode()).isEqualTo(200);
  }

  @Test
  void areCompressedWhereThatHelps() {
    var css = sample.to("/login.css").header("Accept-Encoding", "gzip");
    var html = sample.to("/login").header("Accept-Encoding", "gzip");

    assertThat(sample.send(css).headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(sample.send(html).headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void nothingButTheListedIsServed() {
    for (String path :
        List.of(
            "/page/login.html",
            "/login.html",
            "/index.html",
            "/dev/nightjar/daemon/web/Assets.class")) {
      assertThat(sample.get(Role.ADMIN, path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void mistakesInTheListAreFoundAtOnce() {
    ClassLoader classPath = getClass().getClassLoader();
    Asset login = Asset.open("/login", "page/login.html");

    assertThatThrownBy(() -> new Assets(classPath, List.of(Asset.open("/a", "page/none.js")), null))
        .hasMessage("not in the class path: page/none.js");
    assertThatThrownBy(() -> new Assets(classPath, List.of(login, login), null))
        .hasMessage("served twice: /login");
    assertThatThrownBy(() -> new Assets(classPath, List.of(login), "/")).hasMessage("no asset: /");
  }
}
