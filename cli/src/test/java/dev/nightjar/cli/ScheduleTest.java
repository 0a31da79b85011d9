package dev.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code schedule} says of triggers; each test says from when on. */
final class ScheduleTest {

  private static final String BEFORE_SUMMER = "2026-03-28T12:00:00Z";

  private static final String NIGHTLY =
      """
      name: nightly
      secrets: {HOOK: {env: HOOK}}
      triggers:
        - {id: night, cron: "30 2 * * *", timezone: Europe/Berlin}
        - {id: noon, cron: "0 12 * * *", timezone: UTC}
        - {id: late, cron: "0 23 * * *", timezone: UTC, jitter: 5m}
        - {files: {path: "in/*.csv"}}
        - {webhook: {token: HOOK}}
        - {after: {workflow: other, outcome: failed}}
        - {id: off, cron: "@hourly", timezone: UTC, enabled: false}
      steps: [{uses: hello.read, with: {path: in.txt}}, {uses: hello.write}]
      """;

  private static final String ZONELESS =
      """
      name: zoneless
      schedule: "0 9 * * *"
      steps: [{uses: hello.read, with: {path: in.txt}}, {uses: hello.write}]
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void openShell() throws IOException {
    shell = new Shell(folder);
  }

  @Test
  void listTellsWhatEachTriggerWaitsForAndWhenItFiresNext() throws IOException {
    write("flows/nightly.yaml", NIGHTLY);

    assertThat(shell.run("schedule", "list", folder.resolve("flows"), "--after", BEFORE_SUMMER))
        .isZero();

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .isEqualTo(
            """
            workflow  trigger  waits for                    next                                      note
            nightly   night    cron 30 2 * * *              2026-03-29T03:00:00+02:00[Europe/Berlin]  moved: 02:30 does not exist on this day
            nightly   noon     cron 0 12 * * *              2026-03-29T12:00:00Z[UTC]
            nightly   late     cron 0 23 * * *              2026-03-28T23:00:00Z[UTC]                 starts 4 min 44 s later: jitter
            nightly   files    files in/*.csv
            nightly   webhook  POST /hooks/nightly/webhook
            nightly   after    after other has failed
            nightly   off      cron @hourly                                                           disabled
            """);
  }

  @Test
  void listForProgramsIsAnObjectATrigger() throws IOException {
    Path file = write("nightly.yaml", NIGHTLY);

    assertThat(shell.run("schedule", "list", file, "--after", BEFORE_SUMMER, "--output", "json"))
        .isZero();

    List<JsonNode> triggers = lines();
    assertThat(triggers).hasSize(7);
    assertThat(triggers.getFirst())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"file": "%s", "workflow": "nightly", "trigger": "night",
                     "waits_for": "cron 30 2 * * *", "enabled": true,
                     "next": {"time": "2026-03-29T03:00:00+02:00", "timezone": "Europe/Berlin",
                       "written": "2026-03-29T02:30:00",
                       "why": "moved: 02:30 does not exist on this day",
                       "starts": "2026-03-29T01:00:00Z"}}
                    """
                        .formatted(file)));
    assertThat(triggers.getLast().get("enabled").asBoolean()).isFalse();
    assertThat(triggers.getLast().has("next")).isFalse();
  }

  @Test
  void aLinkToAFolderListsWhatTheFolderDoes() throws IOException {
    write("flows/nightly.yaml", NIGHTLY);
    write("flows/more/zoneless.yaml", ZONELESS);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("flows"));
    assertThat(shell.run("schedule", "list", folder.resolve("flows"), "--after", BEFORE_SUMMER))
        .isZero();
    String listed = shell.out();

    assertThat(shell.run("schedule", "list", link, "--after", BEFORE_SUMMER)).isZero();
    assertThat(shell.out()).isEqualTo(listed).contains("nightly", "zoneless");
    assertThat(shell.run("schedule", "list", link, "--output", "json")).isZero();
    assertThat(shell.out()).contains("\"file\":\"" + link.resolve("more/zoneless.yaml") + "\"");
  }

  @Test
  void aBrokenFileHidesNoOther() throws IOException {
    write("flows/nightly.yaml", NIGHTLY);
    write("flows/broken.yaml", ZONELESS.replace("0 9 * * *", "0 9 31 4 *"));

    assertThat(shell.run("schedule", "list", folder.resolve("flows"))).isEqualTo(3);

    assertThat(shell.err()).contains("broken.yaml:2:16: error[bad-cron]: this time never comes");
    assertThat(shell.out()).contains("nightly   noon").doesNotContain("zoneless");
  }

  @Test
  void nextOfAFileMergesItsTriggers() throws IOException {
    Path file = write("nightly.yaml", NIGHTLY);

    assertThat(shell.run("schedule", "next", file, "-n", "4", "--after", BEFORE_SUMMER)).isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            2026-03-28T23:00:00Z[UTC]  late  (starts 4 min 44 s later: jitter)
            2026-03-29T03:00:00+02:00[Europe/Berlin]  night  (moved: 02:30 does not exist on this day)
            2026-03-29T12:00:00Z[UTC]  noon
            2026-03-29T23:00:00Z[UTC]  late  (starts 2 min 31 s later: jitter)
            """);
  }

  @Test
  void nextOfAnExpressionIsALineATime() {
    assertThat(
            shell.run(
                "schedule",
                "next",
                "--cron",
                "30 2 * * *",
                "--timezone",
                "Europe/Berlin",
                "--after",
                "2026-10-23T12:00:00+02:00",
                "-n",
                "3"))
        .isZero();

    assertThat(shell.out())
        .isEqualTo(
            """
            2026-10-24T02:30:00+02:00[Europe/Berlin]
            2026-10-25T02:30:00+02:00[Europe/Berlin]  (the first 02:30 of two on this day)
            2026-10-26T02:30:00+01:00[Europe/Berlin]
            """);
  }

  @Test
  void nextForProgramsSaysWhatWasWritten() {
    assertThat(
            shell.run(
                "schedule",
                "next",
                "--cron",
                "@daily",
                "--timezone",
                "Africa/Cairo",
                "--after",
                "2026-04-23T12:00:00Z",
                "-n",
                "1",
                "--output",
                "json"))
        .isZero();

    assertThat(shell.out())
        .isEqualTo(
            "{\"time\":\"2026-04-24T01:00:00+03:00\",\"timezone\":\"Africa/Cairo\","
                + "\"written\":\"2026-04-24T00:00:00\","
                + "\"why\":\"moved: 00:00 does not exist on this day\"}\n");
  }

  @Test
  void tenTimesOfTheMachinesZoneUnlessSaidOtherwise() {
    assertThat(shell.run("schedule", "next", "--cron", "0 12 1 * *")).isZero();

    assertThat(shell.out().lines())
        .hasSize(10)
        .allMatch(line -> line.contains("T12:00:00") && line.contains("" + ZoneId.systemDefault()));
  }

  @Test
  void aWrongExpressionIsShownWithItsPlace() {
    assertThat(shell.run("schedule", "next", "--cron", "30 2 30 2 *")).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .isEqualTo(
            """
            --cron:1:6: error[bad-cron]: this time never comes: no such month has a day 30
             1 | 30 2 30 2 *
               |      ^^
               = `L` is the last day of each month
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "next > `nightjar schedule next` needs a FILE or `--cron EXPR`",
        "next a.yaml --cron @daily > `nightjar schedule next` needs a FILE or `--cron EXPR`, not"
            + " both",
        "next a.yaml --timezone UTC > `--timezone` belongs to `--cron`; a file says its own",
        "next --cron @daily --timezone Europe/Berln > there is no time zone `Europe/Berln`; did you"
            + " mean `Europe/Berlin`?",
        "next --cron @daily -n none > `-n` needs a whole number from 1, not `none`",
        "next --cron @daily --after soon > `--after` needs a time such as 2026-11-20,"
            + " 2026-11-20T10:00, 2026-11-20T10:00:00Z, or 2d for 2 days ago, not `soon`",
      })
  void wrongUsageIsOneLineAndCode2(String typed, String message) {
    assertThat(shell.run((Object[]) ("schedule " + typed).split(" ", -1))).isEqualTo(2);

    assertThat(shell.err()).isEqualTo("error: " + message + "\n");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aWorkflowWithoutTimesSaysSo() throws IOException {
    Path file = write("quiet.yaml", ZONELESS.replace("schedule: \"0 9 * * *\"\n", ""));

    assertThat(shell.run("schedule", "next", file)).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isEqualTo("no trigger of `zoneless` goes by time\n");

    assertThat(shell.run("schedule", "list", file)).isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).isEqualTo("there are no triggers\n");
  }

  @Test
  void validateSaysWhichZoneIsMeantWhenNoneIsWritten() throws IOException {
    assertThat(shell.run("validate", write("zoneless.yaml", ZONELESS))).isZero();
    assertThat(shell.err())
        .isEqualTo(
            "1 trigger without `timezone`: the machine's is %s\n1 file, no mistakes\n"
                .formatted(ZoneId.systemDefault()));

    assertThat(shell.run("validate", write("nightly.yaml", NIGHTLY))).isZero();
    assertThat(shell.err()).isEqualTo("1 file, no mistakes\n");
  }

  private List<JsonNode> lines() {
    return shell.out().lines().map(JsonMapper.shared()::readTree).toList();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
