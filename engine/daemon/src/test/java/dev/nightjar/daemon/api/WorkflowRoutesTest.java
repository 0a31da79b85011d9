package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.web.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class WorkflowRoutesTest {

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

  @Test
  void showsAWorkflowWithItsTriggersAndInputs() throws IOException {
    sample.write("orders.yaml", SampleRun.TEXT);
    assertThat(sample.json("/api/v1/workflows").at("/items/0/diagnostics")).isEmpty();

    JsonNode orders = sample.json("/api/v1/workflows/orders");
    assertThat(orders.get("state").asString()).isEqualTo("ok");
    assertThat(orders.get("yaml").asString()).isEqualTo(SampleRun.TEXT);
    assertThat(orders.has("draft")).isFalse();
    assertThat(orders.at("/triggers/0").toString())
        .isEqualTo(
            "{\"id\":\"nightly\",\"kind\":\"cron\",\"text\":\"30 2 * * * in Europe/Berlin\","
                + "\"enabled\":true,\"next\":\"2026-11-21T01:30:00Z\"}");
    assertThat(orders.at("/triggers/1").has("next")).isFalse();
    assertThat(orders.get("next").asString()).isEqualTo("2026-11-21T01:30:00Z");
    assertThat(orders.at("/inputs/1").toString())
        .isEqualTo(
            "{\"name\":\"mode\",\"type\":\"string\",\"required\":false,\"secret\":false,"
                + "\"default\":\"safe\",\"enum\":[\"fast\",\"safe\"]}");
    assertThat(orders.at("/inputs/2/secret").asBoolean()).isTrue();
    assertThat(orders.at("/graph/nodes")).hasSize(5);
    assertThat(orders.at("/plan/steps/0/kind").asString()).isEqualTo("stage");
    assertThat(orders.at("/concurrency/overlap").asString()).isEqualTo("queue");
  }

  @Test
  void aBrokenFileShowsWhatIsWrongWhileTheLastGoodOneStaysInForce() throws IOException {
    sample.write("orders.yaml", SampleRun.TEXT);
    String broken = SampleRun.TEXT.replace("test.clean", "test.clear");
    sample.write("orders.yaml", broken);
    sample.write("never.yaml", "name: never-good\nsteps: 3\n");

    JsonNode orders = sample.json("/api/v1/workflows/orders");
    assertThat(orders.get("state").asString()).isEqualTo("broken");
    assertThat(orders.get("in_force").asBoolean()).isTrue();
    assertThat(orders.get("yaml").asString()).isEqualTo(SampleRun.TEXT);
    assertThat(orders.get("draft").asString()).isEqualTo(broken);
    assertThat(orders.at("/diagnostics/0/code").asString()).isEqualTo("unknown-processor");

    JsonNode never = sample.json("/api/v1/workflows/never");
    assertThat(never.get("in_force").asBoolean()).isFalse();
    assertThat(never.has("yaml")).isFalse();
    assertThat(never.get("draft").asString()).startsWith("name: never-good");

    HttpResponse<String> unknown = sample.get("/api/v1/workflows/order");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("did you mean `orders`?");
  }

  @Test
  void tellsTheLastRunAndHowManyGoOn() throws IOException {
    sample.write("orders.yaml", SampleRun.TEXT);
    try (var run = sample.begin("r1", "orders", SampleRun.TEXT, event -> {})) {
      run.append(SampleRun.end("r1", ApiSample.NOW));
    }
    try (var _ = sample.begin("r2", "orders", SampleRun.TEXT, event -> {})) {
      JsonNode one = sample.json("/api/v1/workflows").at("/items/0");
      assertThat(one.at("/last_run/id").asString()).isEqualTo("r2");
      assertThat(one.get("running").asInt()).isEqualTo(1);
    }
  }

  @Test
  void checksATextWithThePluginsOfNow() {
    JsonNode good = ApiSample.json(validate(SampleRun.TEXT, null));
    assertThat(good.get("valid").asBoolean()).isTrue();
    assertThat(good.get("diagnostics")).isEmpty();

    JsonNode bad =
        ApiSample.json(validate(SampleRun.TEXT.replace("day:", "day: 3\n  Day:"), "a/b.yaml"));
    assertThat(bad.get("valid").asBoolean()).isFalse();
    assertThat(bad.at("/diagnostics/0/file").asString()).isEqualTo("a/b.yaml");
    assertThat(bad.at("/diagnostics/0/line").asInt()).isEqualTo(4);

    assertThat(validate("name: a", "../../etc/passwd").statusCode()).isEqualTo(400);
    assertThat(validate("name: a", ".").statusCode()).isEqualTo(400);
    assertThat(sample.post(Role.VIEWER, "/api/v1/validate", "{}").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> validate(String text, String file) {
    var body = JsonNodeFactory.instance.objectNode().put("text", text);
    if (file != null) {
      body.put("file", file);
    }
    return sample.post(Role.VIEWER, "/api/v1/validate", body.toString());
  }
}
