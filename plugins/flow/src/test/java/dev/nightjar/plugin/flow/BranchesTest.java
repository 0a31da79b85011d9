package dev.nightjar.plugin.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.PermanentFailure;
import dev.nightjar.testkit.ProcessorTester;
import dev.nightjar.testkit.ProcessorTester.BodyCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code flow.parallel} and {@code flow.switch}. */
class BranchesTest {

  @Test
  void runsEveryStepAsABranchAndPublishesWhatEachPublished() throws Exception {
    var result = parallel(null, OnError.FAIL).block(Body.STEPS, "a", "b", "c").run();

    assertThat(result.calls()).extracting(BodyCall::step).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(result.outputs())
        .hasToString(
            "{steps={\"a\":{\"name\":\"a\"},\"b\":{\"name\":\"b\"},\"c\":{\"name\":\"c\"}},"
                + " failed=[]}");
  }

  @Test
  void failsNamingTheBranch() {
    var step = parallel(1, OnError.FAIL).block(Body.STEPS, "a", "bad", "c");

    assertThatThrownBy(step::run)
        .isInstanceOf(BodyFailure.class)
        .hasMessage("branch `bad`: no good");
  }

  @Test
  void goesOnWithoutTheBranchesThatFailWhenToldToSkipThem() throws Exception {
    var result = parallel(2, OnError.SKIP).block(Body.STEPS, "a", "bad", "c").run();

    assertThat(result.outputs())
        .hasToString("{steps={\"a\":{\"name\":\"a\"},\"c\":{\"name\":\"c\"}}, failed=[\"bad\"]}");
    assertThat(result.log()).containsExactly("WARN branch `bad`: no good; skipped");
  }

  @Test
  void picksTheCaseThatTheValueNames() throws Exception {
    assertThat(ran("\"fast\"", "cases.fast", "else")).containsExactly("cases.fast");
    assertThat(ran("200", "cases.fast", "cases.200")).containsExactly("cases.200");
    assertThat(ran("true", "cases.true")).containsExactly("cases.true");
    assertThat(ran("\"else\"", "cases.else", "else")).containsExactly("cases.else");
  }

  @Test
  void runsElseForAnyOtherValueAndNothingWithoutIt() throws Exception {
    assertThat(ran("\"slow\"", "cases.fast", "else")).containsExactly("else");
    assertThat(ran("null", "cases.fast")).isEmpty();
  }

  @Test
  void publishesWhichCaseRanAndWhatItsStepsDid() throws Exception {
    assertThat(pick("\"fast\"").block("cases.fast", "a").run().outputs())
        .hasToString("{case=\"fast\", steps={\"name\":null}}");
    assertThat(pick("\"slow\"").block("cases.fast", "a").run().outputs())
        .hasToString("{case=null, steps={}}");
  }

  @Test
  void refusesAListAsTheValue() {
    assertThatThrownBy(() -> ran("[]", "else"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage("value must be a string, number or boolean to pick a case, not array");
  }

  private static Iterable<String> ran(String value, String... blocks) throws Exception {
    var step = pick(value);
    for (String block : blocks) {
      step.block(block, "a");
    }
    return step.run().calls().stream().map(BodyCall::block).toList();
  }

  private static ProcessorTester<Switch.Options> pick(String value) {
    return ProcessorTester.of(new Switch(), new Switch.Options(Nested.json(value)))
        .body(BranchesTest::named);
  }

  private static ProcessorTester<Parallel.Options> parallel(
      @Nullable Integer maxParallel, OnError onError) {
    return ProcessorTester.of(new Parallel(), new Parallel.Options(maxParallel, onError))
        .body(BranchesTest::named);
  }

  private static JsonNode named(BodyCall call) throws BodyFailure {
    if ("bad".equals(call.step())) {
      throw Nested.failure("no good");
    }
    String name = call.step() == null ? "null" : "\"" + call.step() + "\"";
    return Nested.json("{\"name\": " + name + "}");
  }
}
