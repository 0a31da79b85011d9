package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.daemon.Operations.ForbiddenException;
import dev.nightjar.daemon.Operations.InputsException;
import dev.nightjar.daemon.Operations.KeyUsedException;
import dev.nightjar.daemon.Operations.UnknownException;
import dev.nightjar.daemon.RefusedException;
import dev.nightjar.daemon.web.Role;
import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import dev.nightjar.runtime.journal.Event;
import dev.nightjar.store.OwnedRun;
import dev.nightjar.store.StoreException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class RunActionsTest {

  private static final String START = "/api/v1/workflows/orders/runs";

  @TempDir Path temp;
  private ApiSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ApiSample(temp);
    sample.begin("r1", "orders", SampleRun.TEXT, event -> {}).close();
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private HttpResponse<String> post(String path, String body) {
    return sample.post(Role.OPERATOR, path, body);
  }

  @Test
  void startsOnceForOneKey() {
    var request =
        sample
            .as(Role.OPERATOR, START)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString("{\"inputs\":{\"day\":\"2026-11-20\"}}"));
    assertThat(sample.send(request).statusCode()).isEqualTo(201);
    sample.operations.seen = true;
    HttpResponse<String> again = sample.send(request);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("{\"run\":\"r9\"}");
    assertThat(sample.operations.calls)
        .hasSize(2)
        .containsOnly("start orders {\"day\":\"2026-11-20\"} the API, as operator k1 null");
  }

  @Test
  void endsAndContinuesRuns() {
    assertThat(post("/api/v1/runs/r1/cancel", "{}").statusCode()).isEqualTo(202);
    assertThat(post("/api/v1/runs/r1/cancel", "{\"reason\":\"late\"}").statusCode()).isEqualTo(202);
    assertThat(post("/api/v1/runs/r1/resume", "").statusCode()).isEqualTo(202);
    assertThat(post("/api/v1/runs/r1/rerun", "{\"from\":\"clean\"}").body())
        .isEqualTo("{\"run\":\"r9\",\"warnings\":[\"a warning\"]}");
    assertThat(post("/api/v1/runs/r1/resolve", "{\"step\":\"write\",\"succeeded\":true}").body())
        .isEqualTo("{\"left\":[\"other\"]}");
    assertThat(sample.operations.calls)
        .containsExactly(
            "cancel r1 cancelled by the API, as operator",
            "cancel r1 late",
            "resume r1",
            "rerun r1 clean {} the API, as operator",
            "resolve r1 write true {}");
    sample.operations.seen = true;
    assertThat(post("/api/v1/runs/r1/cancel", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void tellsWhichStepsWaitForAnAnswerWhenNobodyHasTheRun() {
    var empty = JsonNodeFactory.instance.objectNode();
    try (OwnedRun run = sample.begin("r2", "orders", SampleRun.TEXT, event -> {})) {
      String file = sample.folder.resolve("orders.yaml").toString();
      run.append(SampleRun.begun("r2", ApiSample.NOW, file).getFirst());
      run.append(new Event.StepStarted(ApiSample.NOW, "pay", "test.pay", empty));
      run.append(new Event.AttemptStarted(ApiSample.NOW, "pay", -1, 1));
      run.append(new Event.StepStarted(ApiSample.NOW, "read", "test.read", empty));
      run.append(new Event.AttemptStarted(ApiSample.NOW, "read", 3, 1));
      run.settle();
      assertThat(sample.json("/api/v1/runs/r2/doubts").get("items")).isEmpty();
    }
    assertThat(sample.json("/api/v1/runs/r2/doubts").get("items").toString())
        .isEqualTo(
            "[{\"step\":\"pay\",\"can_have_succeeded\":true},"
                + "{\"step\":\"read\",\"can_have_succeeded\":false}]");
    assertThat(sample.json("/api/v1/runs/r1/doubts").get("items")).isEmpty();
  }

  @Test
  void refusesWhatIsNoSuchWish() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(START, "{\"input\":{}}");
    wrong.put("/api/v1/runs/r1/rerun", "{\"inputs\":[]}");
    wrong.put("/api/v1/runs/r1/resolve", "{\"step\":\"a\",\"succeeded\":\"yes\"}");
    wrong.put("/api/v1/runs/r1/cancel", "{\"reason\":\"" + "x".repeat(1_001) + "\"}");
    wrong.forEach(
        (path, body) -> assertThat(post(path, body).statusCode()).as(path).isEqualTo(400));
    assertThat(post(START, "[]").statusCode()).isEqualTo(400);
    assertThat(post("/api/v1/runs/nobody/cancel", "{}").statusCode()).isEqualTo(404);
    assertThat(sample.post(Role.VIEWER, START, "{}").statusCode()).isEqualTo(403);
    assertThat(sample.operations.calls).isEmpty();
  }

  @Test
  void saysWhyItCannotBeDone() {
    var mistakes = new Diagnostics();
    var place = new Place(new SourceText("inputs", "x"), 0, 1);
    mistakes.error(Code.BAD_INPUT, place, "the input `day` is required");
    Map<RuntimeException, Integer> statuses = new LinkedHashMap<>();
    statuses.put(new RefusedException("it has ended; rerun it"), 409);
    statuses.put(new UnknownException("there is no such workflow; there is orders"), 404);
    statuses.put(new ForbiddenException("no"), 403);
    statuses.put(new StoreException("the disk is full; make room", null), 503);
    statuses.put(new KeyUsedException("the key has begun run r1; take another"), 422);
    statuses.put(new InputsException(mistakes.sorted()), 422);
    statuses.forEach((failure, status) -> {
      sample.operations.failure = failure;
      HttpResponse<String> answer = post(START, "{}");
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(ApiSample.json(answer).get("detail").asString()).startsWith(failure.getMessage());
    });
    assertThat(ApiSample.json(post(START, "{}")).at("/diagnostics/0/message").asString())
        .isEqualTo("the input `day` is required");
  }

  @Test
  void hooksTakeTheirTokenAndTheirBody() {
    HttpResponse<String> json =
        sample.send(
            sample
                .to("/hooks/orders/call")
                .header("Authorization", "Bearer abc")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString("{\"n\":1}")));
    assertThat(json.statusCode()).isEqualTo(202);
    HttpResponse<String> text =
        sample.send(
            sample
                .to("/hooks/orders/call")
                .header("X-Nightjar-Token", "abc")
                .POST(BodyPublishers.ofString("ä")));
    assertThat(text.statusCode()).isEqualTo(202);
    HttpResponse<String> nothing =
        sample.send(sample.to("/hooks/orders/call").POST(BodyPublishers.noBody()));
    assertThat(nothing.statusCode()).isEqualTo(202);
    assertThat(sample.operations.calls)
        .containsExactly(
            "hook orders call abc {\"n\":1} k1 null",
            "hook orders call abc \"ä\" null null",
            "hook orders call  null null null");
  }

  @Test
  void aStrangerDoesNotLearnWhichHooksThereAre() {
    sample.operations.failure = new UnknownException("there is no such workflow; there is orders");
    HttpResponse<String> unknown =
        sample.send(sample.to("/hooks/a/b").POST(BodyPublishers.noBody()));
    sample.operations.failure = new ForbiddenException("this is not the token of orders");
    HttpResponse<String> forbidden =
        sample.send(sample.to("/hooks/a/b").POST(BodyPublishers.noBody()));
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo(forbidden.body()).doesNotContain("orders");
  }
}
