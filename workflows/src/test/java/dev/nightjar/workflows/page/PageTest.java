package dev.nightjar.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The page in a real browser, in front of the distribution's daemon. With the system property
 * {@code nightjar.shots} every view is kept as a picture, too.
 */
@Timeout(300)
class PageTest {

  @TempDir static Path temp;

  private static ServedFolder daemon;
  private static Reader reader;
  private static Chromium browser;
  private static String orders;
  private static String failing;
  private static String flaky;
  private static String memory;
  private static String many;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    reader = Reader.start(temp, ServedFolder::fill);
    browser = reader.browser();
    daemon = reader.daemon();
    orders = daemon.finish("orders");
    failing = daemon.finish("failing");
    flaky = daemon.finish("flaky");
    memory = daemon.finish("memory");
    many = daemon.finish("many");
  }

  @AfterAll
  static void stop() {
    if (reader != null) {
      reader.close();
    }
  }

  @BeforeEach
  void calm() {
    browser.complaints.clear();
    browser.window(1280, 900, "light");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageTest.class.getResourceAsStream("/page/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, String> views() {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("today", "");
    views.put("workflows", "workflows");
    views.put("workflow", "workflows/orders");
    views.put("inputs", "workflows/inputs");
    views.put("runs", "runs");
    views.put("run", "runs/" + orders);
    views.put("run-failed", "runs/" + failing);
    views.put("run-retried", "runs/" + flaky);
    views.put("run-memory", "runs/" + memory);
    views.put("schedule", "schedule");
    views.put("plugins", "plugins");
    views.put("plugin", "plugins/json");
    views.put("search", "search?q=orders");
    return views;
  }

  @Test
  void everyViewCanBeReadInBothThemesAndAtEveryWidth() throws IOException {
    String contrast = resource("contrast.js");
    String names = resource("names.js");
    String shots = System.getProperty("nightjar.shots");
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> view : views().entrySet()) {
      reader.show(view.getValue());
      for (int width : List.of(1280, 360, 3840)) {
        for (String theme : List.of("light", "dark")) {
          browser.window(width, width < 500 ? 780 : width > 2000 ? 2160 : 900, theme);
          String what = view.getKey() + " " + width + " " + theme + ": ";
          JsonNode seen = browser.evaluate(contrast);
          assertThat(seen.path("looked").asInt()).as(what).isGreaterThan(10);
          seen.path("found").forEach(one -> wrong.add(what + one.asString()));
          browser.evaluate(names).forEach(one -> wrong.add(what + one.asString()));
          if (shots != null) {
            browser.picture(Path.of(shots, view.getKey() + "-" + width + "-" + theme + ".png"));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(browser.complaints).isEmpty();
    assertThat(browser.requested)
        .filteredOn(url -> url.startsWith("http"))
        .allMatch(url -> url.startsWith(daemon.address()));
  }

  @Test
  void everyPartOfARunFitsANarrowScreen() throws IOException {
    String names = resource("names.js");
    String contrast = resource("contrast.js");
    List<String> wrong = new ArrayList<>();
    for (String run : List.of(orders, flaky, memory)) {
      reader.show("runs/" + run);
      browser.window(360, 780, "light");
      browser.evaluate("document.querySelectorAll('.g-step').forEach(one => one.click())");
      for (int i = 0; i < 8; i++) {
        reader.tab(i);
        browser.await("document.querySelector('[role=tabpanel]').innerText.length > 20");
        browser.evaluate(
            "document.querySelectorAll('details').forEach(one => { one.open = true; })");
        String what = browser.text("[aria-selected=true]") + ": ";
        browser.evaluate(names).forEach(one -> wrong.add(what + one.asString()));
        browser.evaluate(contrast).path("found").forEach(one -> wrong.add(what + one.asString()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aTableThatIsDrawnAsCardsIsStillOne() {
    reader.show("runs");
    browser.window(360, 780, "light");
    browser.await("document.querySelector('td.n[role=cell]')");
    assertThat(
            browser.evaluate("getComputedStyle(document.querySelector('td')).display").asString())
        .isNotEqualTo("table-cell");
    assertThat(
            browser
                .evaluate("getComputedStyle(document.querySelector('td.n'), '::before').content")
                .asString())
        .contains("Took");
    List<String> roles = browser.roles();
    assertThat(roles).contains("table", "row", "columnheader", "cell");
    // The heading that the eye sees in each card is not read out with each of them.
    assertThat(browser.names("cell")).isNotEmpty().noneMatch(name -> name.contains("Took"));
  }

  @Test
  void aLineThatWasFoundIsShownInItsLog() {
    reader.show("search?q=item%204321");
    browser.await("document.querySelector('a.hit')");
    reader.tabTo("a.hit");
    browser.press("Enter");
    browser.awaitText(".log li.on", "item 4321");
    browser.await("document.activeElement.matches('.log')");
    browser.awaitText(".one", "item 4321");
    // One goes on from there with the keyboard.
    browser.press("ArrowDown");
    browser.await("!document.querySelector('.log li.on').innerText.includes('item 4321')");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aFormOfTypedInputsStartsARunAndLeadsToIt() {
    reader.show("workflows/inputs");
    reader.click(".run-form button.main");
    browser.awaitText("#input-title-problem", "title");
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("input-title");
    assertThat(browser.count("[aria-invalid=true]")).isEqualTo(1);
    assertThat(browser.text(".run-form > [role=alert]"))
        .isEqualTo("Some inputs do not fit; nothing was started.");

    browser.write("nightjar");
    browser.press("Enter");
    browser.awaitText("main h1 + .badge", "succeeded");
    browser.awaitText(".log", "said nightjar 3 fast");
    reader.tab(6);
    browser.awaitText("[role=tabpanel]", "nightjar");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidAtTheInputThatItNamesAndElseAboveTheForm() {
    reader.show("workflows/inputs");
    browser.await("document.querySelector('.run-form')");
    browser.evaluate(
        """
        window.fetch = (was => (path, options) => options.method !== 'POST' ? was(path, options)
          : Promise.resolve(new Response(JSON.stringify({detail: 'the inputs do not fit',
              diagnostics: [{input: 'title', message: 'it is not like `[a-z]+`'},
                            {message: 'there is no input `n` in it'}]}), {status: 422})))
        (window.fetch)\
        """);
    reader.click(".run-form button.main");
    browser.awaitText("#input-title-problem", "it is not like");
    assertThat(browser.count("[aria-invalid=true]")).isEqualTo(1);
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("input-title");
    assertThat(browser.text(".run-form > [role=alert]:first-child")).contains("no input n in it");
  }

  @Test
  void aRunIsSeenWhileItGoesOnAndCancelled() throws IOException, InterruptedException {
    reader.show("workflows/slow");
    browser.await("document.querySelectorAll('.graph .node').length === 3");
    String run = daemon.begin("slow");
    reader.show("runs/" + run);
    browser.awaitText("main h1 + .badge", "running");
    browser.await("document.querySelector('.node.busy[data-node=asleep]')");
    // What a run says is text, whatever it looks like.
    browser.awaitText(".log", "<img src=x onerror=alert(1)> & more");
    assertThat(browser.count(".log img")).isZero();

    reader.click(".buttons .danger");
    browser.await("document.activeElement.id === 'reason'");
    browser.press("Enter");
    browser.awaitText("main h1 + .badge", "cancelled");
    browser.awaitText(".facts", "cancelled on the page");
    browser.awaitText(".buttons", "Run again");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void whatChangesIsSeenWithoutAskingForIt() throws IOException, InterruptedException {
    reader.show("");
    browser.awaitText("#failed", "failing");
    browser.awaitText("#problems", "mesage");
    String run = daemon.begin("slow");
    browser.awaitText("#running", "slow");
    daemon.post("runs/" + run + "/cancel", "{\"reason\": \"enough\"}");
    browser.awaitText("#running", "Nothing is running.");

    reader.show("workflows");
    daemon.add("new", "name: new\nsteps: [{uses: flow.log, with: {message: hello}}]\n");
    browser.awaitText("main", "new");
  }

  @Test
  void rejectsSayWhereTheyComeFromAndWhy() {
    reader.show("runs/" + orders);
    reader.tab(2);
    browser.awaitText("[role=tabpanel]", "data/orders.ndjson:");
    browser.awaitText("[role=tabpanel] thead", "Why");
    reader.tab(5);
    browser.awaitText("[role=tabpanel]", "clean");
  }

  @Test
  void curvesAreDrawnOfWhatWasMeasured() {
    reader.show("runs/" + memory);
    reader.tab(3);
    browser.await("document.querySelector('.chart canvas')");
    browser.awaitText("[role=tabpanel]", "snapshots: first");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aRunOfTenThousandItemsStaysUsable() throws IOException, InterruptedException {
    reader.show("runs/" + many);
    browser.await("document.querySelectorAll('.log li').length > 5");
    assertThat(browser.count(".log li")).isLessThan(100);
    assertThat(browser.count("*")).isLessThan(4_000);
    browser.evaluate("document.querySelector('.log').focus()");
    browser.press("End");
    browser.awaitText(".log", "item 9899");
    assertThat(browser.count(".log li")).isLessThan(100);
    browser.evaluate(
        "(i => { i.value = 'item 4321'; i.dispatchEvent(new Event('input')); })"
            + "(document.querySelector('.log-tools input'))");
    browser.await("document.querySelectorAll('.log li').length === 1");

    String steps = daemon.finish("steps");
    reader.show("runs/" + steps);
    browser.awaitText("#timeline", "and 800 more steps");
    browser.awaitText("#graph", "more steps");
  }

  @Test
  void aBrokenFileIsShownWithWhatIsWrongAtItsLine() {
    reader.show("workflows/broken");
    browser.awaitText("#diagnostics", "mesage");
    browser.awaitText(".source .wrong", "did you mean");
  }

  @Test
  void theKeyboardIsEnough() {
    reader.show("");
    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("skip");
    browser.press("Enter");
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("content");
    browser.press("/");
    browser.write("orders");
    browser.press("Enter");
    browser.awaitText("main h1", "Search");
    browser.awaitText(".hits", "orders");

    reader.show("runs/" + orders);
    browser.await("document.querySelector('[role=tab]')");
    browser.evaluate("document.querySelector('[role=tab]').focus()");
    browser.press("ArrowRight");
    browser.awaitText("[role=tabpanel]", "file.read");
    browser.evaluate("document.querySelector('.node').focus()");
    browser.press("ArrowRight", "Enter");
    browser.awaitText(".g-more", "json.parse");
    String outline = "getComputedStyle(document.activeElement).outlineStyle";
    browser.press("Tab");
    assertThat(browser.evaluate(outline).asString()).isEqualTo("solid");
  }

  @Test
  void theCalendarSaysWhatComesAndWhy() {
    reader.show("schedule");
    browser.await("document.querySelector('.calendar .today')");
    // Whatever day it is: there is always a night to come in the next week.
    reader.click("[aria-label=Later]");
    browser.await("document.querySelector('.calendar') && !document.querySelector('.today')");
    reader.click(".due.next");
    browser.awaitText("dialog", "timed");
    browser.awaitText("dialog", "02:30 in Europe/Berlin");
    browser.press("Escape");
    browser.await("!document.querySelector('dialog')");
    // What somebody has asked for is there, too, and told apart by a word.
    reader.click("[aria-label=Earlier]");
    browser.awaitText(".due.asked .by", "API");
    assertThat(browser.text(".due.asked.bad")).contains("✕").contains("failing");
    browser.window(360, 780, "light");
    browser.awaitText(".agenda", "timed");
  }

  @Test
  void aPluginTellsItsOptions() {
    reader.show("plugins/json");
    browser.awaitText("#processor-json-validate", "schema");
    browser.awaitText("#processor-json-validate", "path");
  }

  @Test
  void theThemeIsTheReadersChoice() {
    reader.show("");
    String scheme = "getComputedStyle(document.documentElement).colorScheme";
    reader.click("#theme");
    reader.click("#theme");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("dark");
    reader.show("runs");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("dark");
    reader.click("#theme");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("light dark");
  }

  @Test
  void aViewerMayLookOnly() throws IOException {
    try {
      reader.click("#leave");
      reader.awaitSignIn();
      browser.write("nj_none");
      browser.press("Enter");
      browser.awaitText("#problem", "none of the daemon");
      reader.signIn("viewer");
      reader.show("workflows/slow");
      browser.awaitText(".run-form", "needs the role operator");
      reader.show("runs/" + failing);
      assertThat(browser.text(".buttons")).doesNotContain("Run again");
    } finally {
      reader.click("#leave");
      reader.awaitSignIn();
      reader.signIn("operator");
    }
  }

  @Test
  void saysThatTheDaemonIsGoneAndGoesOnWhenItIsBack() throws IOException, InterruptedException {
    reader.show("runs");
    daemon.stop();
    browser.awaitText("#standing", "The connection to the daemon is gone");
    daemon.start();
    browser.await("!document.querySelector('#standing p')");
    String run = daemon.begin("timed");
    browser.await("document.querySelector('[data-key=\"run-%s\"]')".formatted(run));
  }
}
