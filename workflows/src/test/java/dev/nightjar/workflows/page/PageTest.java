package dev.nightjar.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
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
  private static Chromium browser;
  private static String orders;
  private static String failing;
  private static String flaky;
  private static String memory;
  private static String many;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path installed = Chromium.installed().orElse(null);
    if (installed == null) {
      System.out.println("The page is not tested: there is no Chromium on the PATH.");
    }
    Assumptions.assumeTrue(installed != null, "there is no Chromium on the PATH");
    daemon = new ServedFolder(Files.createDirectory(temp.resolve("folder")));
    daemon.fill();
    daemon.start();
    orders = daemon.finish("orders");
    failing = daemon.finish("failing");
    flaky = daemon.finish("flaky");
    memory = daemon.finish("memory");
    many = daemon.finish("many");
    browser =
        Chromium.start(
            Objects.requireNonNull(installed), Files.createDirectory(temp.resolve("profile")));
    browser.window(1280, 900, "light");
    signIn("operator");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (daemon != null) {
      daemon.close();
    }
  }

  @BeforeEach
  void calm() {
    browser.complaints.clear();
    browser.window(1280, 900, "light");
  }

  private static void signIn(String role) throws IOException {
    browser.open(daemon.address());
    awaitSignIn();
    browser.write(daemon.token(role));
    browser.press("Enter");
    browser.await("document.querySelector('#nav [aria-current]')");
    browser.awaitText("#foot", "Signed in as " + role);
  }

  private static void awaitSignIn() {
    browser.await(
        "document.activeElement.id === 'token' && !document.getElementById('go').disabled");
  }

  private static void show(String fragment) {
    browser.open(daemon.address() + "#/" + fragment);
    browser.await("document.querySelector('main h1')");
  }

  private static void click(String selector) {
    browser.await("document.querySelector(%s)".formatted(Chromium.quoted(selector)));
    browser.evaluate("document.querySelector(%s).click()".formatted(Chromium.quoted(selector)));
  }

  private static void tab(int number) {
    browser.await("document.querySelectorAll('[role=tab]').length > " + number);
    browser.evaluate("document.querySelectorAll('[role=tab]')[%d].click()".formatted(number));
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
      show(view.getValue());
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
  void aFormOfTypedInputsStartsARunAndLeadsToIt() {
    show("workflows/inputs");
    click(".run-form button.main");
    browser.awaitText("#input-title-problem", "title");
    assertThat(browser.count("[aria-invalid=true]")).isEqualTo(1);
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("input-title");

    browser.write("nightjar");
    browser.press("Enter");
    browser.awaitText("main h1 + .badge", "succeeded");
    browser.awaitText(".log", "said nightjar 3 fast");
    tab(6);
    browser.awaitText("[role=tabpanel]", "nightjar");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aRunIsSeenWhileItGoesOnAndCancelled() throws IOException, InterruptedException {
    show("workflows/slow");
    browser.await("document.querySelectorAll('.graph .node').length === 3");
    String run = daemon.begin("slow");
    show("runs/" + run);
    browser.awaitText("main h1 + .badge", "running");
    browser.await("document.querySelector('.node.busy[data-node=asleep]')");
    // What a run says is text, whatever it looks like.
    browser.awaitText(".log", "<img src=x onerror=alert(1)> & more");
    assertThat(browser.count(".log img")).isZero();

    click(".buttons .danger");
    browser.await("document.activeElement.id === 'reason'");
    browser.press("Enter");
    browser.awaitText("main h1 + .badge", "cancelled");
    browser.awaitText(".facts", "cancelled on the page");
    browser.awaitText(".buttons", "Run again");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void whatChangesIsSeenWithoutAskingForIt() throws IOException, InterruptedException {
    show("");
    browser.awaitText("#failed", "failing");
    browser.awaitText("#problems", "mesage");
    String run = daemon.begin("slow");
    browser.awaitText("#running", "slow");
    daemon.post("runs/" + run + "/cancel", "{\"reason\": \"enough\"}");
    browser.awaitText("#running", "Nothing is running.");

    show("workflows");
    daemon.add("new", "name: new\nsteps: [{uses: flow.log, with: {message: hello}}]\n");
    browser.awaitText("main", "new");
  }

  @Test
  void rejectsSayWhereTheyComeFromAndWhy() {
    show("runs/" + orders);
    tab(2);
    browser.awaitText("[role=tabpanel]", "data/orders.ndjson:");
    browser.awaitText("[role=tabpanel] thead", "Why");
    tab(5);
    browser.awaitText("[role=tabpanel]", "clean");
  }

  @Test
  void curvesAreDrawnOfWhatWasMeasured() {
    show("runs/" + memory);
    tab(3);
    browser.await("document.querySelector('.chart canvas')");
    browser.awaitText("[role=tabpanel]", "snapshots: first");
    assertThat(browser.complaints).isEmpty();
  }

  @Test
  void aRunOfTenThousandItemsStaysUsable() throws IOException, InterruptedException {
    show("runs/" + many);
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
    show("runs/" + steps);
    browser.awaitText("#timeline", "and 800 more steps");
    browser.awaitText("#graph", "more steps");
  }

  @Test
  void aBrokenFileIsShownWithWhatIsWrongAtItsLine() {
    show("workflows/broken");
    browser.awaitText("#diagnostics", "mesage");
    browser.awaitText(".source .wrong", "did you mean");
  }

  @Test
  void theKeyboardIsEnough() {
    show("");
    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("skip");
    browser.press("Enter");
    assertThat(browser.evaluate("document.activeElement.id").asString()).isEqualTo("content");
    browser.press("/");
    browser.write("orders");
    browser.press("Enter");
    browser.awaitText("main h1", "Search");
    browser.awaitText(".hits", "orders");

    show("runs/" + orders);
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
    show("schedule");
    browser.await("document.querySelector('.calendar .today')");
    // Whatever day it is: there is always a night to come in the next week.
    click("[aria-label=Later]");
    browser.await("document.querySelector('.calendar') && !document.querySelector('.today')");
    click(".due.next");
    browser.awaitText("dialog", "timed");
    browser.awaitText("dialog", "02:30 in Europe/Berlin");
    browser.press("Escape");
    browser.await("!document.querySelector('dialog')");
    browser.window(360, 780, "light");
    browser.awaitText(".agenda", "timed");
  }

  @Test
  void aPluginTellsItsOptions() {
    show("plugins/json");
    browser.awaitText("#processor-json-validate", "schema");
    browser.awaitText("#processor-json-validate", "path");
  }

  @Test
  void theThemeIsTheReadersChoice() {
    show("");
    String scheme = "getComputedStyle(document.documentElement).colorScheme";
    click("#theme");
    click("#theme");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("dark");
    show("runs");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("dark");
    click("#theme");
    assertThat(browser.evaluate(scheme).asString()).isEqualTo("light dark");
  }

  @Test
  void aViewerMayLookOnly() throws IOException {
    try {
      click("#leave");
      awaitSignIn();
      browser.write("nj_none");
      browser.press("Enter");
      browser.awaitText("#problem", "none of the daemon");
      signIn("viewer");
      show("workflows/slow");
      browser.awaitText(".run-form", "needs the role operator");
      show("runs/" + failing);
      assertThat(browser.text(".buttons")).doesNotContain("Run again");
    } finally {
      click("#leave");
      awaitSignIn();
      signIn("operator");
    }
  }

  @Test
  void saysThatTheDaemonIsGoneAndGoesOnWhenItIsBack() throws IOException, InterruptedException {
    show("runs");
    daemon.stop();
    browser.awaitText("#standing", "The connection to the daemon is gone");
    daemon.start();
    browser.await("!document.querySelector('#standing p')");
    String run = daemon.begin("timed");
    browser.await("document.querySelector('[data-key=\"run-%s\"]')".formatted(run));
  }
}
