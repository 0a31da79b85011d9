package dev.nightjar.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.runtime.journal.Event;
import dev.nightjar.runtime.journal.Failure;
import dev.nightjar.runtime.journal.RunResult;
import dev.nightjar.runtime.monitor.Outcome;
import dev.nightjar.store.Firing;
import dev.nightjar.store.Firings;
import dev.nightjar.store.NewRun;
import dev.nightjar.store.OwnedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ScheduleRoutesTest {

  private static final Instant KNOWN = Instant.parse("2026-10-20T00:00:00Z");

  private static final String TEXT =
      """
      name: daily
      triggers:
        - {id: nightly, cron: "30 2 * * *", timezone: Europe/Berlin}
        - {id: soft, cron: "0 6 * * *", timezone: Europe/Berlin, jitter: 1h}
        - {id: off, every: 1h, enabled: false}
        - {id: call, webhook: {token: token}}
      secrets: {token: {env: TOKEN}}
      steps:
        - {id: greet, uses: test.greet}
      """;

  @TempDir Path temp;
  private ApiSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ApiSample(temp);
    sample.write("daily.yaml", TEXT);
    assertThat(sample.json("/api/v1/workflows").at("/items/0/diagnostics")).isEmpty();
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private void know(String trigger) {
    var _ = sample.store.firings().know("daily", trigger, "x", KNOWN);
  }

  private OwnedRun fire(String trigger, String run, Instant due, Instant now, String reason) {
    Firing firing = Firing.of("daily", trigger, due.toString(), due, now, reason);
    String file = sample.folder.resolve("daily.yaml").toString();
    String digest = ApiSample.digest(TEXT);
    var started = (Event.RunStarted) SampleRun.begun(run, now, file).getFirst();
    return sample
        .store
        .firings()
        .fire(
            List.of(
                new Firings.Due(
                    firing,
                    new NewRun(run, "daily", file, digest, TEXT, now, null),
                    started,
                    Map.of(),
                    event -> {})))
        .getFirst()
        .orElseThrow();
  }

  private JsonNode schedule(String from, String to) {
    return sample.json("/api/v1/schedule?from=" + from + "&to=" + to);
  }

  private String why(String trigger, String at) {
    return whole(trigger, at).get("text").asString();
  }

  private JsonNode whole(String trigger, String at) {
    return sample
        .json("/api/v1/schedule/why?workflow=daily&trigger=" + trigger + "&at=" + at)
        .at("/items/0");
  }

  @Test
  void showsWhatIsToComeAndMoves() {
    JsonNode items = schedule("2027-03-27T12:00:00Z", "2027-03-29T12:00:00Z").get("items");
    assertThat(items.valueStream().map(one -> one.get("trigger").asString()))
        .containsExactly("nightly", "soft", "nightly", "soft");
    assertThat(items.at("/0").toString())
        .isEqualTo(
            "{\"time\":\"2027-03-28T03:00:00+02:00\",\"timezone\":\"Europe/Berlin\","
                + "\"workflow\":\"daily\",\"trigger\":\"nightly\","
                + "\"starts\":\"2027-03-28T01:00:00Z\","
                + "\"moved\":\"moved: 02:30 does not exist on this day\"}");
    Instant soft = Instant.parse("2027-03-28T04:00:00Z");
    assertThat(Duration.between(soft, Instant.parse(items.at("/1/starts").asString())))
        .isBetween(Duration.ZERO, Duration.ofHours(1));
  }

  @Test
  void showsWhatBecameOfWhatHasCome() {
    know("nightly");
    Instant first = Instant.parse("2026-11-17T01:30:00Z");
    Instant second = Instant.parse("2026-11-18T01:30:00Z");
    Instant third = Instant.parse("2026-11-19T01:30:00Z");
    sample
        .store
        .firings()
        .pass(
            List.of(
                Firing.passed("daily", "nightly", first, second, second, "the daemon was down")));
    try (OwnedRun run = fire("nightly", "r1", third, third.plusSeconds(1), "")) {
      run.append(SampleRun.end("r1", third.plusSeconds(2)));
    }
    fire("call", "r2", third.plusSeconds(7), third.plusSeconds(7), "").close();

    JsonNode all = schedule("2026-11-17T00:00:00Z", "2026-11-21T00:00:00Z");
    assertThat(
            all.get("items")
                .valueStream()
                .map(one ->
                    one.get("time").asString()
                        + " "
                        + one.get("trigger").asString()
                        + " "
                        + one.at("/decision/kind").asString("-")
                        + " "
                        + one.at("/decision/run").asString("-")))
        .containsExactly(
            "2026-11-17T02:30:00+01:00 nightly passed -",
            "2026-11-18T02:30:00+01:00 nightly passed -",
            "2026-11-19T02:30:00+01:00 nightly fired r1",
            "2026-11-19T02:30:07+01:00 call fired r2",
            "2026-11-20T02:30:00+01:00 nightly - -");
    assertThat(all.at("/items/0/decision/reason").asString()).isEqualTo("the daemon was down");
    assertThat(all.at("/items/2/decision/outcome").asString()).isEqualTo("failed");
    assertThat(all.at("/items/3/decision/state").asString()).isEqualTo("unfinished");
    assertThat(all.get("asked")).isEmpty();
    assertThat(all.get("complete").asBoolean()).isTrue();
  }

  @Test
  void showsRunsThatSomebodyAskedForBesideTimes() {
    know("nightly");
    Instant due = Instant.parse("2026-11-19T01:30:00Z");
    fire("@api", "r2", due.plusSeconds(60), due.plusSeconds(60), "").close();
    fire("nightly", "r1", due, due, "").close();
    sample.begin("r3", "other", TEXT, event -> {}).close();

    JsonNode all = schedule("2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z");
    assertThat(all.get("items").valueStream().map(one -> one.at("/decision/run").asString("-")))
        .containsExactly("r1", "-");
    assertThat(
            all.get("asked")
                .valueStream()
                .map(one -> one.get("id").asString() + " " + one.path("trigger").asString("-")))
        .containsExactly("r2 @api", "r3 -");
    assertThat(schedule("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z").get("asked")).isEmpty();
  }

  @Test
  void whatNobodyDecidedOfAnUnknownTriggerIsNotShown() {
    JsonNode items = schedule("2026-11-10T00:00:00Z", "2026-11-21T12:00:00Z").get("items");
    assertThat(items.valueStream().map(one -> one.get("time").asString()))
        .containsExactly("2026-11-21T02:30:00+01:00", "2026-11-21T06:00:00+01:00");
  }

  @Test
  void cutsAtFiveThousandTimesOrSixtyTwoDays() throws IOException {
    sample.write(
        "often.yaml",
        """
        name: often
        triggers: [{id: a, every: 1m}, {id: b, every: 1m}]
        steps: [{id: greet, uses: test.greet}]
        """);
    JsonNode many = schedule("2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    assertThat(many.get("items")).hasSize(5_000);
    assertThat(many.get("complete").asBoolean()).isFalse();
    for (String wrong :
        List.of(
            "from=2027-01-01T00:00:00Z&to=2027-03-05T00:00:00Z",
            "from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z",
            "from=+1000000000-01-01T00:00:00Z",
            "from=2400-01-01T00:00:00Z")) {
      assertThat(sample.get("/api/v1/schedule?" + wrong.replace("+", "%2B")).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void saysWhatBecameOfATime() {
    know("nightly");
    Instant time = Instant.parse("2026-11-17T01:30:00Z");
    fire("nightly", "r1", time, time.plusSeconds(3_600), "the daemon was down").close();
    assertThat(why("nightly", "2026-11-17T01:30:00Z"))
        .isEqualTo(
            "`nightly` at 2026-11-17T02:30:00+01:00[Europe/Berlin] fired as run r1, late, at"
                + " 2026-11-17T03:30:00+01:00[Europe/Berlin]: the daemon was down, which has not"
                + " ended.");

    Instant next = Instant.parse("2026-11-18T01:30:00Z");
    try (OwnedRun run = fire("nightly", "r2", next, next, "")) {
      var end = (Event.RunEnded) SampleRun.end("r2", next);
      var full = new Failure("overlap", "", "daily.yaml:1:1", "the pool is full", true, null);
      run.append(
          new Event.RunEnded(
              next,
              "r2",
              new RunResult(
                  Outcome.SKIPPED, full, end.result().outputs(), end.result().summary())));
    }
    assertThat(whole("nightly", "2026-11-18T01:30:00Z").get("kind").asString())
        .isEqualTo("skipped");
    assertThat(why("nightly", "2026-11-18T01:30:00Z"))
        .endsWith(" began run r2, which was skipped: the pool is full.");

    Instant passed = Instant.parse("2026-11-19T01:30:00Z");
    sample
        .store
        .firings()
        .pass(List.of(Firing.passed("daily", "nightly", passed, passed, passed, "it was late")));
    assertThat(why("nightly", "2026-11-19T01:30:00Z")).endsWith(" began no run: it was late.");
    assertThat(why("nightly", "2026-11-20T01:30:00Z"))
        .endsWith(" has come and is not decided yet; a daemon that serves it will do so.");
    assertThat(why("nightly", "2026-11-16T01:30:00Z"))
        .endsWith(" was decided, and what became of it is not remembered any more.");
  }

  @Test
  void saysWhatIsToComeAndWhatIsNoTime() {
    assertThat(why("nightly", "2026-11-19T01:30:00Z"))
        .endsWith(" began no run: no daemon has served this trigger.");
    know("nightly");
    know("soft");
    assertThat(why("nightly", "2026-10-19T00:30:00Z"))
        .endsWith(
            " began no run: daemons know this trigger as it is since"
                + " 2026-10-20T02:00:00+02:00[Europe/Berlin].");
    assertThat(why("nightly", "2026-11-21T01:30:00Z"))
        .isEqualTo(
            "`nightly` at 2026-11-21T02:30:00+01:00[Europe/Berlin] is to begin a run at"
                + " 2026-11-21T02:30:00+01:00[Europe/Berlin].");
    assertThat(why("soft", "2026-11-21T05:00:00Z")).endsWith(" later by its jitter.");
    assertThat(why("nightly", "2026-11-21T01:31:00Z"))
        .isEqualTo(
            "2026-11-21T02:31:00+01:00[Europe/Berlin] is no time of `nightly`; the nearest are"
                + " 2026-11-21T02:30:00+01:00[Europe/Berlin] before and"
                + " 2026-11-22T02:30:00+01:00[Europe/Berlin] after.");
    assertThat(why("off", "2026-11-21T01:00:00Z"))
        .endsWith(" begins no run: the trigger is not enabled.");
    assertThat(why("call", "2026-11-21T01:00:00Z"))
        .isEqualTo(
            "`call` does not wait for times, and did not fire at"
                + " 2026-11-21T02:00:00+01:00[Europe/Berlin]. It had not fired before.");
    assertThat(
            sample.json("/api/v1/schedule/why?workflow=daily&at=2026-11-21T01:30:00Z").get("items"))
        .hasSize(4);
    assertThat(
            sample
                .get("/api/v1/schedule/why?workflow=daily&trigger=x&at=2026-11-21T01:30:00Z")
                .body())
        .contains("it has nightly, soft, off, call");
  }
}
