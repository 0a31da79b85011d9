package dev.nightjar.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.model.WorkflowOutline;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.journal.StepGraph.Edge;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class StepGraphTest {

  private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");

  private final Timeline timeline = new Timeline(new Timeline.Limits(10, 1, 1, 1, 1));

  @Test
  void readersAreThoseWhoSaySoAndThoseWhoRanInAStage() {
    stage("read", "parse", "write");

    StepGraph graph =
        graph(
            """
            name: w
            steps:
              - {id: read, uses: file.read}
              - uses: json.parse
              - {id: write, uses: file.write}
              - {id: report, uses: flow.log}
              - {id: again, uses: file.write, from: parse, needs: [report, read]}
              - {id: alone, uses: flow.log, needs: []}
            """);

    assertThat(graph.blocks()).hasSize(1);
    assertThat(graph.blocks().getFirst().edges())
        .containsExactly(
            new Edge("read", "parse", true),
            new Edge("parse", "write", true),
            new Edge("write", "report", false),
            new Edge("parse", "again", true),
            new Edge("report", "again", false),
            new Edge("read", "again", false));
  }

  @Test
  void nestedStepsHaveABlockOfTheirOwnUnderThePathTheirEventsHave() {
    StepGraph graph =
        graph(
            """
            name: w
            steps:
              - id: each
                uses: flow.foreach
                steps:
                  - {id: one, uses: a.b}
                  - {id: two, uses: a.b}
              - id: choice
                uses: flow.switch
                cases:
                  fast: [{id: quick, uses: a.b}]
                else: [{id: slow, uses: a.b}]
            finally:
              - {id: last, uses: a.b}
            """);

    assertThat(graph.blocks())
        .extracting(StepGraph.Block::name)
        .containsExactly("steps", "steps", "cases.fast", "else", "finally");
    assertThat(graph.blocks().get(1).around()).isEqualTo("each");
    assertThat(graph.blocks().get(1).edges())
        .containsExactly(new Edge("each.one", "each.two", false));
    assertThat(graph.blocks().get(2).nodes().getFirst().path())
        .isEqualTo("choice.cases.fast.quick");
    assertThat(graph.blocks().get(4).nodes().getFirst().path()).isEqualTo("finally.last");
  }

  @Test
  void aRunWhoseTextIsLostOrIsNoneIsDrawnFromWhatRan() {
    stage("read", "write");

    for (String text : List.of("", "steps: {", "- 1", "name: w")) {
      StepGraph.Block block = graph(text).blocks().getFirst();
      assertThat(block.nodes()).extracting(StepGraph.Node::path).containsExactly("read", "write");
      assertThat(block.edges()).containsExactly(new Edge("read", "write", true));
    }
  }

  @Test
  void pathsTellWhatStandsAroundAStep() {
    assertThat(new StepPath("finally.report").isTop()).isTrue();
    assertThat(new StepPath("each[3].write").top()).isEqualTo("each");
    assertThat(new StepPath("finally.each[3].try.write").top()).isEqualTo("finally.each");
    assertThat(new StepPath("each[3].inner[12].write").shape()).isEqualTo("each.inner.write");
    assertThat(new StepPath("each[3].inner[12].write").depth()).isEqualTo(2);
  }

  private StepGraph graph(String text) {
    return StepGraph.of(WorkflowOutline.read(new SourceText("w.yaml", text)), timeline);
  }

  private void stage(String... steps) {
    for (String step : steps) {
      timeline.apply(new Event.StepStarted(T, step, "a.b", JsonNodeFactory.instance.objectNode()));
    }
    timeline.apply(new Event.StageStarted(T, List.of(steps), 1, -1));
  }
}
