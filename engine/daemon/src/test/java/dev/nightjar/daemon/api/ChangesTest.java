package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.folder.ServedWorkflow;
import dev.nightjar.daemon.folder.WorkflowChange;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.store.OwnedRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChangesTest {

  @TempDir Path temp;
  private ApiSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ApiSample(temp);
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line.isEmpty() || line.equals(":")) {
      line = lines.readLine();
    }
    return line;
  }

  @Test
  void tellsOfRunsWorkflowsAndPlugins() throws Exception {
    try (BufferedReader lines = sample.follow(sample.as(Role.VIEWER, "/api/v1/changes"))) {
      awaitBegun(lines);

      OwnedRun run = sample.begin("r1", "orders", SampleRun.TEXT, event -> {});
      assertThat(next(lines)).isEqualTo("event: runs");
      assertThat(next(lines))
          .startsWith("data: {\"run\":\"r1\",\"workflow\":\"orders\",\"state\":\"");
      run.append(SampleRun.end("r1", ApiSample.NOW));
      run.close();
      sample.news.published("r1");
      String told = next(lines) + " " + next(lines);
      assertThat(told).startsWith("event: runs").endsWith("\"outcome\":\"failed\"}");

      Files.writeString(sample.folder.resolve("orders.yaml"), SampleRun.TEXT);
      var _ = sample.workflows.look(sample.plugins.current());
      sample.workflows.look(sample.plugins.current()).forEach(sample.news::published);
      assertThat(next(lines)).isEqualTo("event: workflows");
      assertThat(next(lines)).isEqualTo("data: {\"name\":\"orders\",\"change\":\"added\"}");
      sample.news.pluginsChanged();
      assertThat(next(lines)).isEqualTo("event: plugins");
      assertThat(next(lines)).isEqualTo("data: {}");
    }
  }

  /** Asks until the feed listens: what comes before it began is not told. */
  private void awaitBegun(BufferedReader lines) throws IOException, InterruptedException {
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  sample.news.pluginsChanged();
                  boolean _ = sample.news.await("none", Long.MAX_VALUE, Duration.ofMillis(50));
                }
              } catch (InterruptedException heard) {
                // It listens.
              }
            });
    assertThat(next(lines)).isEqualTo("event: plugins");
    assertThat(next(lines)).isEqualTo("data: {}");
    asking.interrupt();
    asking.join();
    sample.news.published(
        new WorkflowChange.Removed(
            new ServedWorkflow(temp, "mark", null, List.of(), ApiSample.NOW)));
    String line = next(lines);
    while (!line.contains("mark")) {
      line = next(lines);
    }
  }

  @Test
  void newsAreNotMissedAndNotRepeated() throws InterruptedException {
    var news = new NewsBoard();
    long before = news.position();
    news.published("r1");
    Duration none = Duration.ZERO;
    assertThat(news.await("r1", before, none)).isTrue();
    assertThat(news.await("r2", before, none)).isFalse();
    assertThat(news.await(null, before, none)).isTrue();
    assertThat(news.await("r1", news.position(), none)).isFalse();

    for (int i = 0; i < 1_500; i++) {
      news.pluginsChanged();
    }
    assertThat(news.changes(news.position() - 3).items()).hasSize(3);
    assertThat(news.changes(news.position() - 3).complete()).isTrue();
    assertThat(news.changes(before).complete()).isFalse();
  }

  @Test
  void ofRunsThatAreForgottenItGuesses() throws InterruptedException {
    var news = new NewsBoard();
    long before = news.position();
    news.published("first");
    for (int i = 0; i < 1_200; i++) {
      news.published("r" + i);
    }
    assertThat(news.await("first", before, Duration.ZERO)).isTrue();
    assertThat(news.await("first", news.position(), Duration.ZERO)).isFalse();
  }

  @Test
  void waitingEndsWithTheNews() throws Exception {
    var news = new NewsBoard();
    long before = news.position();
    Thread.ofVirtual().start(() -> news.published("r1"));
    assertThat(news.await("r1", before, Duration.ofSeconds(20))).isTrue();
  }
}
