package dev.nightjar.workflows.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Somebody in front of the page of a daemon. */
record Reader(ServedFolder daemon, Chromium browser) implements AutoCloseable {

  /** More than there are places to go to on any view. */
  private static final int PLACES = 150;

  /** Puts workflows into a folder before it is served. */
  @FunctionalInterface
  interface Filling {
    void fill(ServedFolder folder) throws IOException;
  }

  /**
   * Serves a folder, opens a browser and signs in as an operator; leaves the tests out where there
   * is no browser.
   *
   * @param temp where all of them keep what they keep
   */
  static Reader start(Path temp, Filling filling) throws IOException {
    assumeBrowser();
    var daemon = new ServedFolder(Files.createDirectory(temp.resolve("folder")));
    try {
      filling.fill(daemon);
      daemon.start();
      return of(daemon, temp);
    } catch (IOException | RuntimeException | Error failed) {
      daemon.close();
      throw failed;
    }
  }

  private static Reader of(ServedFolder daemon, Path temp) throws IOException {
    Path profile = Files.createDirectory(temp.resolve("profile"));
    var reader = new Reader(daemon, Chromium.start(Chromium.installed().orElseThrow(), profile));
    reader.browser.window(1280, 900, "light");
    reader.signIn("operator");
    return reader;
  }

  private static void assumeBrowser() {
    boolean installed = Chromium.installed().isPresent();
    if (!installed) {
      System.out.println("The page is not tested: there is no Chromium on the PATH.");
    }
    Assumptions.assumeTrue(installed, "there is no Chromium on the PATH");
  }

  void signIn(String role) throws IOException {
    browser.open(daemon.address());
    awaitSignIn();
    browser.write(daemon.token(role));
    browser.press("Enter");
    browser.await("document.querySelector('#nav [aria-current]')");
    browser.awaitText("#foot", "Signed in as " + role);
  }

  void awaitSignIn() {
    browser.await(
        "document.activeElement.id === 'token' && !document.getElementById('go').disabled");
  }

  void show(String fragment) {
    browser.open(daemon.address() + "#/" + fragment);
    browser.await("document.querySelector('main h1')");
  }

  void click(String selector) {
    browser.await("document.querySelector(%s)".formatted(Chromium.quoted(selector)));
    browser.evaluate("document.querySelector(%s).click()".formatted(Chromium.quoted(selector)));
  }

  /** Chooses a tab of the view, from 0. */
  void tab(int number) {
    browser.await("document.querySelectorAll('[role=tab]').length > " + number);
    browser.evaluate("document.querySelectorAll('[role=tab]')[%d].click()".formatted(number));
  }

  /** Goes on with the Tab key until the focus is on what a selector finds. */
  void tabTo(String selector) {
    String there = "document.activeElement.matches(%s)".formatted(Chromium.quoted(selector));
    browser.await("document.querySelector(%s)".formatted(Chromium.quoted(selector)));
    for (int pressed = 0; !browser.evaluate(there).asBoolean(); pressed++) {
      if (pressed == PLACES) {
        throw new AssertionError("the Tab key does not lead to " + selector);
      }
      browser.press("Tab");
    }
  }

  /** The word beside the title of a run. */
  void awaitStanding(String word) {
    browser.awaitText("main h1 + .badge", word);
  }

  /** The run that is shown. */
  String run() {
    return Objects.requireNonNull(
        browser.evaluate("location.hash.split('/')[2].split('?')[0]").asString());
  }

  @Override
  public void close() {
    browser.close();
    daemon.close();
  }
}
