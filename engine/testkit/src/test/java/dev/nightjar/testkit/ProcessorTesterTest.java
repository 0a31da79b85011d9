package dev.nightjar.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Input;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.Origin;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.ProcessorSpec.Emitted;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.Rejected;
import dev.nightjar.spi.RetryPolicy;
import dev.nightjar.spi.Sink;
import dev.nightjar.spi.Split;
import dev.nightjar.spi.StepContext;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

class ProcessorTesterTest {

  record None() {}

  @ProcessorSpec(name = "test.twice", summary = "Says it twice.", accepts = Kind.TEXT)
  static final class Twice implements RecordProcessor<None> {
    @Override
    public RecordFunction open(None options, StepContext context) {
      return (record, out) -> {
        out.emit(record);
        context.count("seen", 1);
        if (record.text().isEmpty()) {
          throw new Rejected("nothing to say");
        }
        out.emit(record);
      };
    }
  }

  @Test
  void takesBackWhatWasEmittedForARejectedRecord() throws Exception {
    var result = ProcessorTester.of(new Twice(), new None()).text("a", "", "b").run();
    assertThat(result.texts()).containsExactly("a", "a", "b", "b");
    assertThat(result.records().getLast().origin()).hasToString("test:3");
    assertThat(result.rejects()).hasSize(1);
    assertThat(result.rejects().getFirst().reason()).isEqualTo("nothing to say");
    assertThat(result.rejects().getFirst().record().origin()).hasToString("test:2");
    assertThat(result.counters()).containsExactly(Map.entry("seen", 3L));
  }

  @Test
  void refusesRecordsThatTheProcessorWouldNeverGet() {
    assertThatThrownBy(() -> ProcessorTester.of(new Twice(), new None()).json("{}").run())
        .hasMessage("test.twice accepts [text], but test:1 is json");
  }

  @ProcessorSpec(name = "test.letters", summary = "Emits letters.", emits = Emitted.TEXT)
  static final class Letters implements StreamProcessor<None> {
    @Override
    public List<Split> splits(None options, StepContext context) {
      return List.of(split("ab"), split("c"));
    }

    private static Split split(String letters) {
      return new Split("letters", letters.length(), StringNode.valueOf(letters));
    }

    @Override
    public void process(None options, Input in, Output out, StepContext context) {
      for (Split split : context.splits()) {
        split
            .detail()
            .stringValue()
            .chars()
            .forEach(c -> out.emit(DataRecord.text(Character.toString(c), Origin.NONE)));
      }
    }
  }

  @Test
  void givesASourceAllItsSplits() throws Exception {
    var result = ProcessorTester.of(new Letters(), new None()).run();
    assertThat(result.texts()).containsExactly("a", "b", "c");
  }

  @ProcessorSpec(
      name = "test.save",
      summary = "Saves.",
      accepts = {Kind.TEXT, Kind.JSON})
  static final class Save implements StreamProcessor<None>, Sink<None> {
    @Override
    public void process(None options, Input in, Output out, StepContext context)
        throws IOException {
      try (var file = Files.newOutputStream(context.part().resolve("lines"))) {
        for (DataRecord record : in) {
          record.writeTo(file);
        }
      }
    }

    @Override
    public void commit(None options, Iterable<Path> parts, StepContext context) throws IOException {
      Path target = context.writable(context.resolve("out.txt"));
      Files.copy(parts.iterator().next().resolve("lines"), target);
      context.output("path", context.display(target));
    }
  }

  @Test
  void letsASinkCommitItsPart(@TempDir Path folder) throws Exception {
    var result =
        ProcessorTester.of(new Save(), new None()).text("a").json("{ }").folder(folder).run();
    assertThat(folder.resolve("out.txt")).hasContent("a{ }");
    assertThat(result.outputs()).containsEntry("path", StringNode.valueOf("out.txt"));
  }

  @ProcessorSpec(name = "test.task", summary = "Does what a context can.")
  static final class Everything implements Task<None> {
    @Override
    public void run(None options, StepContext context) throws Exception {
      var left = new ArrayList<>(List.of(1, 2));
      context.retrying(
          new RetryPolicy(
              3,
              ofSeconds(1),
              RetryPolicy.Backoff.EXPONENTIAL,
              2,
              ofSeconds(9),
              0,
              null,
              List.of("io"),
              List.of()),
          () -> {
            if (!left.isEmpty()) {
              throw new IOException("failure " + left.removeFirst());
            }
            return "done";
          });
      context.measure("memory", "end", Map.of("heap", 5L));
      var squares = new ArrayList<Long>();
      context.<Integer, Long>parallel(
          IntStream.range(0, 100).boxed().toList(), 4, (item, index) -> item * index, squares::add);
      context.output("last", squares.getLast());
      context.output("list", List.of(1, "b"));
      context.log().info("{} and {}", "one", 2);
    }
  }

  @Test
  void givesATaskAllThatAContextHas() throws Exception {
    var clock = new ManualClock();
    var result = ProcessorTester.of(new Everything(), new None()).clock(clock).run();
    assertThat(result.waits()).containsExactly(ofSeconds(1), ofSeconds(2));
    assertThat(result.outputs().get("last").asLong()).isEqualTo(99 * 99);
    assertThat(result.outputs().get("list")).hasToString("[1,\"b\"]");
    assertThat(result.log()).containsExactly("INFO one and 2");
    var point = result.measurements().get("memory").getFirst();
    assertThat(point.at()).isEqualTo(clock.instant());
    assertThat(point.values()).containsEntry("heap", 5L);
  }

  @ProcessorSpec(name = "test.each", summary = "Each.", accepts = Kind.JSON, blocks = "steps")
  static final class Each implements Control<None> {
    @Override
    public void run(None options, Input in, Output out, Body body, StepContext context)
        throws Exception {
      for (DataRecord record : in) {
        var outputs = body.run(Body.STEPS, Map.of("item", record.json()));
        out.emit(record.withJson(outputs));
      }
    }
  }

  @Test
  void runsAControlWithAScript() throws Exception {
    var result =
        ProcessorTester.of(new Each(), new None())
            .json("1", "2")
            .body(call ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("twice", 2 * call.bindings().get("item").intValue()))
            .run();
    assertThat(result.texts()).containsExactly("{\"twice\":2}", "{\"twice\":4}");
    assertThat(result.calls()).hasSize(2);
    assertThat(result.calls().getLast().bindings()).containsEntry("item", IntNode.valueOf(2));
  }

  @ProcessorSpec(name = "test.escape", summary = "Leaves the folder.")
  static final class Escape implements Task<None> {
    @Override
    public void run(None options, StepContext context) {
      context.writable(context.resolve("link/x"));
    }
  }

  @Test
  void keepsAProcessorInItsFolder(@TempDir Path folder, @TempDir Path other) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), other);
    assertThatThrownBy(() -> ProcessorTester.of(new Escape(), new None()).folder(folder).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("lies outside");
  }
}
