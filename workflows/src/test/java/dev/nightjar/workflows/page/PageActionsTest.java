package dev.nightjar.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a person does on the page to runs that have to be looked after. */
@Timeout(300)
class PageActionsTest {

  /** One that may not run twice, of which nobody can tell whether it has. */
  private static final String PAY =
      """
      name: pay
      steps:
        - {id: pay, uses: flow.sleep, with: {duration: 4s}, effect: once}
        - {id: receipt, uses: flow.log, with: {message: paid}}
      """;

  private static final String GREET =
      """
      name: greet
      inputs:
        name: {type: string, default: world}
      steps:
        - {id: first, uses: flow.log, with: {message: welcome}}
        - {id: second, uses: flow.log, with: {message: "hello ${{ inputs.name }}"}}
      """;

  private static final String LONG =
      """
      name: long
      steps:
        - {id: first, uses: flow.set, with: {values: {a: 1}}}
        - {id: second, uses: flow.sleep, with: {duration: 3s}}
        - {id: third, uses: flow.log, with: {message: gone on}}
      """;

  @TempDir static Path temp;

  private static ServedFolder daemon;
  private static Reader reader;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    reader =
        Reader.start(
            temp,
            folder -> {
              folder.add("pay", PAY);
              folder.add("greet", GREET);
            });
    browser = reader.browser();
    daemon = reader.daemon();
  }

  @AfterAll
  static void stop() {
    if (reader != null) {
      reader.close();
    }
  }

  /** A run whose daemon was killed in the middle of a step that may run once. */
  private static String inDoubt() throws IOException, InterruptedException {
    String run = daemon.begin("pay");
    daemon.awaitRun(run, "/steps/0/step", "pay");
    // That the attempt has begun is remembered and not told: it is the event behind the last one.
    long told = daemon.get("runs/" + run + "/events").path("items").size();
    while (daemon.get("runs/" + run).path("position").asLong() <= told) {
      LockSupport.parkNanos(50_000_000);
    }
    daemon.kill();
    daemon.start();
    daemon.awaitRun(run, "/state", "unfinished");
    return run;
  }

  @Test
  void aStepThatHasDoneItsWorkIsTakenAsDoneByTheKeyboardAlone()
      throws IOException, InterruptedException {
    String run = inDoubt();
    reader.show("runs/" + run);
    reader.awaitStanding("unfinished");
    browser.awaitText("#doubts", "somebody says what became of it");
    // Nothing else would let the run go on.
    assertThat(browser.text(".title .buttons")).doesNotContain("Resume");

    reader.tabTo("#doubts button");
    browser.press("Enter");
    browser.awaitText("dialog", "What became of pay?");
    browser.awaitText("dialog", "It has not: run it again");
    reader.tabTo("dialog [value=succeeded]");
    browser.press(" ");
    reader.tabTo("dialog #outputs");
    reader.tabTo("dialog button.main");
    browser.press("Enter");
    reader.awaitStanding("succeeded");
    browser.awaitText(".log", "paid");
    assertThat(browser.count("#doubts")).isZero();
    assertThat(daemon.get("runs/" + run).at("/steps/0/resolved").asString()).isEqualTo("succeeded");
  }

  @Test
  void aStepThatHasNotIsRunAgain() throws IOException, InterruptedException {
    String run = inDoubt();
    reader.show("");
    browser.awaitText("#unfinished", "what became of pay?");
    reader.click("#unfinished [data-key='run-%s']".formatted(run));
    reader.click("#doubts button");
    reader.click("dialog [value=again]");
    // There are no outputs yet.
    assertThat(browser.evaluate("document.getElementById('outputs').checkVisibility()").asBoolean())
        .isFalse();
    reader.click("dialog button.main");
    reader.awaitStanding("succeeded");
    assertThat(daemon.get("runs/" + run).at("/steps/0/resolved").asString()).isEqualTo("again");
  }

  @Test
  void aRunOfAKilledProcessIsResumed() throws IOException, InterruptedException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere")).resolve("long.yaml");
    Files.writeString(elsewhere, LONG);
    Process other = daemon.runElsewhere(elsewhere);
    String run = newest("long");
    daemon.awaitRun(run, "/steps/1/step", "second");
    other.destroyForcibly().waitFor();

    reader.show("runs/" + run);
    reader.awaitStanding("unfinished");
    browser.awaitText(".title .buttons", "Resume");
    reader.click("[data-key=Resume]");
    reader.awaitStanding("succeeded");
    browser.awaitText(".facts", "Resumed");
    browser.awaitText(".log", "gone on");
  }

  @Test
  void whatWasDueAndDidNotRunIsSaidOnTheFirstView() {
    reader.show("runs");
    browser.evaluate(
        """
        window.fetch = (was => (path, options) => !path.startsWith('/api/v1/schedule') ? was(path, options)
          : Promise.resolve(new Response(JSON.stringify({asked: [], complete: true, items: ['01', '02'].map(hour => ({
              workflow: 'greet', trigger: 'nightly', timezone: 'UTC', time: `2026-11-27T${hour}:30:00Z`,
              decision: {kind: 'passed', reason: 'the daemon was down'}}))}))))
        (window.fetch);
        location.hash = '#/'\
        """);
    browser.awaitText("#passed", "greet");
    browser.awaitText("#passed", "2 times, the last");
    browser.awaitText("#passed", "the daemon was down");
    assertThat(browser.complaints).isEmpty();
  }

  private static String newest(String workflow) throws IOException, InterruptedException {
    while (true) {
      for (JsonNode run : daemon.get("runs?workflow=" + workflow).path("items")) {
        return run.path("id").asString();
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  @Test
  void aRunIsRunAgainFromAStepWithAnotherInput() throws IOException, InterruptedException {
    String run = daemon.finish("greet");
    reader.show("runs/" + run);
    reader.tabTo("[data-key='Run again']");
    browser.press("Enter");
    browser.awaitText("dialog", "Run it again");
    reader.tabTo("dialog #from");
    browser.press("ArrowDown", "ArrowDown");
    reader.tabTo("dialog #input-name");
    browser.write("nightjar");
    browser.press("Enter");
    browser.awaitText(".facts", "Rerun of");
    String again = reader.run();
    assertThat(again).isNotEqualTo(run);
    reader.awaitStanding("succeeded");
    browser.awaitText(".facts", "from second on");
    browser.awaitText(".log", "hello nightjar");
    assertThat(browser.text(".log")).doesNotContain("welcome");
    assertThat(daemon.get("runs/" + again).at("/inputs/name").asString()).isEqualTo("nightjar");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aRunShowsItsTextAndSaysWhenAnotherIsInForce() throws IOException, InterruptedException {
    daemon.add("edited", "name: edited\nsteps: [{uses: flow.log, with: {message: before}}]\n");
    String run = daemon.finish("edited");
    reader.show("runs/" + run);
    reader.tab(7);
    browser.awaitText("[role=tabpanel]", "in force unchanged");
    browser.awaitText(".source", "message: before");
    daemon.add("edited", "name: edited\nsteps: [{uses: flow.log, with: {message: behind}}]\n");
    while (!daemon.get("workflows/edited").path("yaml").asString().contains("behind")) {
      LockSupport.parkNanos(50_000_000);
    }
    reader.show("runs/" + run);
    reader.tab(7);
    browser.awaitText("[role=tabpanel] .warn", "The file has another text since");
    browser.awaitText(".source", "message: before");
  }
}
