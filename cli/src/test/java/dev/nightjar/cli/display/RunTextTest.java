package dev.nightjar.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.view.TimelineJson;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.EventFormat;
import dev.nightjar.runtime.journal.Timeline;
import dev.nightjar.store.StoredRun.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class RunTextTest {

  private static final Style DRAWN = new Style(false, true);

  @Test
  void theGanttShowsWhoWorkedWhenAndWhatWentWrong() {
    List<String> lines = text(DRAWN, 80, false, SampleRun.events(), State.ENDED);

    assertThat(lines).anyMatch(line -> line.matches("orders +▐?█+▌?┆█+▌? +3\\.8 s.*"));
    assertThat(lines).anyMatch(line -> line.matches("clean +▐?█+×┆█+▌? +3\\.8 s, 1 retry"));
    assertThat(lines).anyMatch(line -> line.matches("\\(queue\\) +░+ +┆ +1\\.2 s"));
    assertThat(lines).anyMatch(line -> line.matches("snapshot +┆ +▒ +cached"));
    assertThat(lines).anyMatch(line -> line.matches("each +┆ +▐?█+ 4\\.77 s, failed, 16.*"));
    assertThat(lines).noneMatch(line -> line.contains("[7].fetch "));
    assertThat(lines).anyMatch(line -> line.contains("┆ nobody had the run; not to scale"));
    assertThat(lines.getFirst()).contains("clean-orders", "20261120-100000-k3v9", "failed");
    assertThat(lines.getLast()).isEqualTo("clean-orders failed in 17.5 s");
  }

  @Test
  void nestedStepsUnfoldUnderTheirs() {
    List<String> lines = text(DRAWN, 100, true, SampleRun.events(), State.ENDED);

    List<String> names = lines.stream().map(line -> line.strip().split(" ", 2)[0]).toList();
    assertThat(names).containsSubsequence("each", "[0].fetch", "[0].store", "[7].store", "report");
    assertThat(lines).anyMatch(line -> line.matches(" +\\[7]\\.fetch .*█×░+█?×░+.* failed"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void everyLineOfTheDrawingFits(int width) {
    for (Style style : List.of(DRAWN, Style.PLAIN)) {
      List<String> lines = text(style, width, true, SampleRun.events(), State.ENDED);
      int first = lines.indexOf("") + 1;
      List<String> drawing = lines.subList(first, first + 31);
      assertThat(drawing).allMatch(line -> line.length() <= Math.max(width, 40));
      assertThat(drawing).anyMatch(line -> line.startsWith("finally"));
    }
  }

  @Test
  void theTableLeavesOutColumnsForANarrowTerminal() {
    List<String> lines = text(Style.PLAIN, 60, false, SampleRun.events(), State.ENDED);

    assertThat(lines).allMatch(line -> line.length() <= 60 || line.contains("</script>"));
    assertThat(lines).anyMatch(line -> line.matches("step +outcome .*out +rejected +time.*"));
  }

  @Test
  void aPipeGetsAsciiAndWholeTables() {
    List<String> lines = text(Style.PLAIN, 0, true, SampleRun.events(), State.ENDED);

    String all = String.join("\n", lines);
    assertThat(all.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
    assertThat(lines).anyMatch(line -> line.matches("clean +#+x:#+ .*1 retry"));
    assertThat(lines).anyMatch(line -> line.contains("batch p50"));
  }

  @Test
  void coloursSayHowAStepEnded() {
    List<String> lines = text(new Style(true, true), 80, false, SampleRun.events(), State.ENDED);

    assertThat(lines).anyMatch(line -> line.startsWith("orders ") && line.contains("\u001b[32m"));
    assertThat(lines).anyMatch(line -> line.startsWith("each ") && line.contains("\u001b[1;31m"));
  }

  @Test
  void aRunThatGoesOnIsDrawnUpToNow() {
    List<String> lines = text(DRAWN, 80, false, SampleRun.killed(), State.RUNNING);

    assertThat(lines).anyMatch(line -> line.matches("orders +▐?█+▶ 7\\.8 s, so far.*"));
    assertThat(lines).anyMatch(line -> line.startsWith("owner") && line.contains("process 4711"));
    assertThat(lines).anyMatch(line -> line.matches("clean +json\\.clean +1,000,000 +996,000.*"));
    assertThat(lines).noneMatch(line -> line.contains("resume"));
  }

  @Test
  void aRunNobodyHasSaysHowToGoOn() {
    List<String> lines = text(DRAWN, 80, false, SampleRun.killed(), State.UNFINISHED);

    assertThat(lines).anyMatch(line -> line.matches("orders +▐?█+ 2\\.3 s, unfinished.*"));
    assertThat(lines.getLast()).contains("`nightjar resume 20261120-100000-k3v9`");
  }

  @Test
  void failuresAreToldOnceThoughTheStepAroundPassesThemOn() {
    List<String> lines = text(Style.PLAIN, 200, false, SampleRun.events(), State.ENDED);

    Stream<String> told = lines.stream().filter(line -> line.contains("error[failed]"));
    assertThat(told).hasSize(1);
  }

  @Test
  void aRunThatHasOnlyBeenQueuedSaysBehindWhom() {
    Event queued = new Event.RunQueued(SampleRun.START, "nightly", 1, List.of("r0"));

    assertThat(text(DRAWN, 80, false, List.of(queued), State.QUEUED))
        .containsExactly("this run waits for its turn in `nightly`, behind r0");
    assertThat(text(DRAWN, 80, false, List.of(), State.RUNNING))
        .containsExactly("this run has not begun yet");
  }

  @Test
  void jsonHasEverything() {
    Timeline timeline = SampleRun.timeline(SampleRun.events());
    JsonNode json = TimelineJson.of(timeline, SampleRun.stored(State.ENDED));

    assertThat(json.at("/outcome").asString()).isEqualTo("failed");
    assertThat(json.at("/rerun/from").asString()).isEqualTo("valid");
    assertThat(json.at("/queued/0/behind/0").asString()).isEqualTo("20261120-095900-zzzz");
    assertThat(json.at("/pauses/0/owner").asString()).isEqualTo("4712 on host");
    assertThat(json.at("/steps/0/spans/0/interrupted").asBoolean()).isTrue();
    assertThat(json.at("/steps/0/cache/why/0/field").asString()).isEqualTo("split.size");
    assertThat(json.at("/steps/3/attempts/0/next_in").asDouble()).isEqualTo(0.4);
    assertThat(json.at("/nested/0/outcomes/failed").asLong()).isEqualTo(1);
    assertThat(json.at("/stages/0/first_tasks/3/cached").asBoolean()).isTrue();
    assertThat(json.at("/logs/1/message").asString()).contains("</script>");
    assertThat(json.at("/measured/0/values/resident").asLong()).isEqualTo(180L << 20);
    assertThat(json.at("/rejects/0/records").asLong()).isEqualTo(1_204);
    assertThat(json.at("/summary/operations").asLong()).isEqualTo(27);
  }

  @Test
  void whatEventsSayTooHasTheirNames() {
    Timeline timeline = SampleRun.timeline(SampleRun.events());
    JsonNode json = TimelineJson.of(timeline, SampleRun.stored(State.ENDED));
    JsonNode began = first(Event.RunStarted.class);

    assertSameNames(json.at("/plugins/0"), began.at("/plugins/0"));
    assertSameNames(json.path("rerun"), began.path("rerun"));
    assertSameNames(json.at("/steps/0/metrics"), first(Event.StepEnded.class).path("metrics"));
    assertSameNames(
        json.at("/steps/3/attempts/0/failure"), first(Event.AttemptFailed.class).path("failure"));
    assertSameNames(json.at("/steps/0/cache/why/0"), first(Event.CacheAsked.class).at("/why/0"));
    assertSameNames(json.at("/rejects/0"), first(Event.StageCommitted.class).at("/rejects/0"));
    assertSameNames(json.path("memory"), first(Event.RunEnded.class).at("/summary/memory"));
  }

  private static JsonNode first(Class<? extends Event> kind) {
    return EventFormat.write(
        SampleRun.events().stream().filter(kind::isInstance).findFirst().orElseThrow());
  }

  private static void assertSameNames(JsonNode json, JsonNode event) {
    assertThat(json.propertyNames())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(event.propertyNames());
  }

  @Test
  void aLoopOfAMillionItemsIsOneLine() {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    var loop = new Event.StepStarted(SampleRun.START, "each", "flow.foreach", nothing);
    var items =
        new Event.ItemsEnded(
            SampleRun.START.plusSeconds(4),
            "each",
            "steps",
            List.of(new Event.ItemTable(List.of(), List.of(new long[] {0, 999_999}), List.of())));
    List<Event> events = List.of(SampleRun.events().getFirst(), loop, items);

    assertThat(text(DRAWN, 80, false, events, State.RUNNING))
        .anyMatch(line -> line.startsWith("each") && line.endsWith("1,000,000 items"));
  }

  private static List<String> text(
      Style style, int columns, boolean unfolded, List<Event> events, State state) {
    return new RunText(style, columns, unfolded)
        .lines(
            SampleRun.timeline(events),
            SampleRun.stored(state),
            SampleRun.START.plus(Duration.ofSeconds(9)));
  }
}
