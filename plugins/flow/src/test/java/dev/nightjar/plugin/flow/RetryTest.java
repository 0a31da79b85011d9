package dev.nightjar.plugin.flow;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.spi.Body;
import dev.nightjar.spi.BodyFailure;
import dev.nightjar.spi.RetryPolicy.Backoff;
import dev.nightjar.testkit.ProcessorTester;
import dev.nightjar.testkit.ProcessorTester.BodyCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RetryTest {

  @Test
  void runsItsStepsAgainUntilTheySucceed() throws Exception {
    var result =
        retry(4, List.of()).block(Body.STEPS, "write").body(RetryTest::failBeforeThird).run();

    assertThat(result.waits()).containsExactly(ofSeconds(1), ofSeconds(2));
    assertThat(result.outputs())
        .hasToString("{attempts=3, caught=false, steps={\"write\":{\"attempt\":3}}}");
  }

  @Test
  void failsWithTheLastFailureWhenNoAttemptIsLeft() {
    var step = retry(2, List.of()).block(Body.STEPS, "write").body(RetryTest::failBeforeThird);

    assertThatThrownBy(step::run).isInstanceOf(BodyFailure.class).hasMessage("failed on attempt 2");
  }

  @Test
  void runsCatchWithTheErrorWhenNoAttemptIsLeft() throws Exception {
    var result =
        retry(2, List.of())
            .block(Body.STEPS, "write")
            .block("catch", "tell")
            .body(RetryTest::failBeforeThird)
            .run();

    assertThat(result.calls())
        .extracting(BodyCall::block)
        .containsExactly("steps", "steps", "catch");
    assertThat(result.outputs())
        .hasToString(
            "{attempts=2, caught=true, steps={\"tell\":{\"message\":\"failed on attempt 2\"}}}");
  }

  @Test
  void triesOnceWhatThePolicyDoesNotCover() throws Exception {
    var result =
        retry(5, List.of("attempt 1"))
            .block(Body.STEPS, "write")
            .block("catch", "tell")
            .body(RetryTest::failBeforeThird)
            .run();

    assertThat(result.outputs())
        .hasToString(
            "{attempts=1, caught=true, steps={\"tell\":{\"message\":\"failed on attempt 1\"}}}");
  }

  @Test
  void refusesWhatThePolicyRefuses() {
    assertThatThrownBy(() -> retry(0, List.of())).hasMessage("max_attempts must be at least 1");
  }

  private static JsonNode failBeforeThird(BodyCall call) throws BodyFailure {
    if (call.block().equals("catch")) {
      return Nested.json("{\"tell\": " + call.bindings().get("error") + "}");
    }
    int attempt = call.bindings().get("attempt").intValue();
    if (attempt < 3) {
      throw Nested.failure("failed on attempt " + attempt);
    }
    return Nested.json("{\"write\": {\"attempt\": " + attempt + "}}");
  }

  private static ProcessorTester<Retry.Options> retry(int max, List<String> notOn) {
    return ProcessorTester.of(
        new Retry(),
        new Retry.Options(
            max,
            ofSeconds(1),
            Backoff.EXPONENTIAL,
            2,
            Duration.ofMinutes(5),
            0,
            null,
            List.of(),
            notOn));
  }
}
