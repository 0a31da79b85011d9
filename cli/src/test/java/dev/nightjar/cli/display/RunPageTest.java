package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.view.RunPage;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.StoredRun;
import dev.nightjar.store.StoredRun.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file as a browser would take it apart; what it looks like, people have to look at. */
final class RunPageTest {

  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

  @Test
  void nothingThatTheRunSaidIsMarkup() {
    String html = ended();

    // The data, the page's own script, and no other element that the sample asks for.
    List<MatchResult> scripts = SCRIPT.matcher(html).results().toList();
    assertThat(scripts).hasSize(2);
    assertThat(scripts.getFirst().group(1)).isEqualTo(" type=\"application/json\" id=\"data\"");
    assertThat(scripts.getFirst().group(2)).doesNotContain("<", ">", "&");
    assertThat(html).doesNotContain("<img", "<!--", SampleRun.HOSTILE);
  }

  @Test
  void allThatTheRunSaidIsThereAsText() {
    JsonNode data = data(ended());

    assertThat(data.at("/failure/message").asString()).endsWith(SampleRun.HOSTILE);
    assertThat(data.at("/logs/1/3").asString()).endsWith(SampleRun.HOSTILE);
    assertThat(data.at("/steps/0/outputs/note").asString()).isEqualTo(SampleRun.HOSTILE);
    assertThat(data.at("/inputs/source").asString()).isEqualTo(SampleRun.HOSTILE);
    assertThat(data.at("/text").asString()).isEqualTo(SampleRun.TEXT);
    assertThat(data.at("/reject_lines").get("out/rejected.ndjson").get(0).asString())
        .isEqualTo(SampleRun.HOSTILE);
  }

  @Test
  void thePageAsksNobodyForAnything() {
    String html = ended();

    assertThat(html).doesNotContain("http:", "https:", "//www", "url(", "@import", "src=\"");
    assertThat(html).doesNotContainPattern("(?i)\\b(fetch|XMLHttpRequest|WebSocket|import)\\s*\\(");
    assertThat(html).contains("<link rel=\"icon\" href=\"data:,\">");
  }

  @Test
  void itsPolicyLetsItsOwnScriptRunAndNothingElse() throws Exception {
    String html = ended();

    String script = SCRIPT.matcher(html).results().toList().getLast().group(2);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains("default-src 'none'")
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    // A policy that names a hash lets no attribute of an element run, and none is there.
    assertThat(html).doesNotContainPattern("<[^>]+ on[a-z]+=");
    // Markup is written nowhere.
    assertThat(script)
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
  }

  @Test
  void theGraphIsThereWhetherOrNotTheTextIs() {
    JsonNode graph = data(ended()).get("graph");
    assertThat(graph.valueStream().map(block -> block.get("name").asString()))
        .containsExactly("steps", "steps", "on_failure", "finally");
    assertThat(graph.at("/0/edges/0").toString())
        .isEqualTo("{\"from\":\"orders\",\"to\":\"parse\",\"reads\":true}");

    JsonNode fromEvents = data(page(SampleRun.killed(), State.UNFINISHED, null)).get("graph");
    assertThat(fromEvents.at("/0/nodes").size()).isEqualTo(4);
    assertThat(fromEvents.at("/0/edges").size()).isEqualTo(3);
  }

  @Test
  void aRunThatHasNotEndedIsAPageToo() {
    JsonNode data = data(page(SampleRun.killed(), State.RUNNING, SampleRun.TEXT));

    assertThat(data.get("state").asString()).isEqualTo("running");
    assertThat(data.has("summary")).isFalse();
    assertThat(data.at("/axis/0/to").asString()).isEqualTo("2026-11-20T10:00:09Z");
    assertThat(data(page(List.of(), State.QUEUED, null)).get("steps").isEmpty()).isTrue();
  }

  @Test
  void aLongLogSaysHowMuchIsLeftOut() {
    var timeline = new Timeline(new Timeline.Limits(10, 10, 10, 100_000, 10));
    timeline.apply(SampleRun.events().getFirst());
    for (int line = 0; line < 150_000; line++) {
      Level level = line % 10_000 == 0 ? Level.ERROR : Level.DEBUG;
      timeline.apply(new Event.Logged(SampleRun.START, "a", level, "line " + line, null));
    }
    String html = page(timeline, SampleRun.stored(State.RUNNING), null);

    JsonNode data = data(html);
    assertThat(data.get("logs").size()).isEqualTo(100_005);
    assertThat(data.get("logs_left_out").asLong()).isEqualTo(49_995);
    assertThat(data.at("/log_counts/error").asLong()).isEqualTo(15);
    // It can still be sent: under a hundred bytes a line.
    assertThat(html.length()).isLessThan(10_000_000);
  }

  private static String ended() {
    return page(SampleRun.events(), State.ENDED, SampleRun.TEXT);
  }

  private static String page(List<Event> events, State state, String workflow) {
    return page(SampleRun.timeline(events), SampleRun.stored(state), workflow);
  }

  private static String page(Timeline timeline, StoredRun run, String workflow) {
    Map<String, List<String>> samples = Map.of("out/rejected.ndjson", List.of(SampleRun.HOSTILE));
    return new RunPage(timeline, run, SampleRun.START.plusSeconds(9), workflow, samples).html();
  }

  private static JsonNode data(String html) {
    return JsonMapper.shared()
        .readTree(SCRIPT.matcher(html).results().toList().getFirst().group(2));
  }
}
