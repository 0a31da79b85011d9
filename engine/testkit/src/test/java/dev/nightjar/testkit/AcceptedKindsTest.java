package dev.nightjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Accepts;
import dev.nightjar.spi.Kind;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.RecordFunction;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StepContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedKindsTest {

  @ProcessorSpec(
      name = "test.echo",
      summary = "Hands records on.",
      accepts = Kind.TEXT,
      emits = ProcessorSpec.Emitted.SAME)
  public static final class Echo implements RecordProcessor<Echo.Options> {

    public record Options(@Accepts(Kind.JSON) List<String> fields) {}

    @Override
    public RecordFunction open(Options options, StepContext context) {
      return (record, out) -> out.emit(record);
    }
  }

  private static ProcessorTester<?> echo(String... fields) {
    return ProcessorTester.of(new Echo(), new Echo.Options(List.of(fields)));
  }

  @Test
  void takesTheKindThatAGivenOptionAsksFor() throws Exception {
    assertThat(echo("a").json("{}").run().texts()).containsExactly("{}");
    assertThat(echo().text("a").run().texts()).containsExactly("a");
  }

  @Test
  void refusesOtherKinds() {
    assertThatThrownBy(() -> echo("a").text("a").run())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> echo().json("{}").run()).isInstanceOf(IllegalArgumentException.class);
  }
}
