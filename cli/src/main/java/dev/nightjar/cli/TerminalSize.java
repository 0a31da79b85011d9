package dev.nightjar.cli;

import dev.nightjar.cli.display.Screen;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks {@code stty} how large the terminal is, once, and again whenever that has changed. */
final class TerminalSize implements Screen.Source {

  private final Map<String, String> environment;
  private volatile boolean changed = true;
  private Screen known = Screen.DEFAULT;

  TerminalSize(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Hears when the window is resized. */
  void listen() {
    Signals.on("WINCH", () -> changed = true);
  }

  @Override
  public Screen measure() {
    if (changed) {
      changed = false;
      known = ask();
    }
    return known;
  }

  private Screen ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      String[] words = size.strip().split(" ", -1);
      if (words.length == 2) {
        return new Screen(number(words[1], 80), number(words[0], 24));
      }
    } catch (IOException e) {
      // No stty, or no terminal of our own: the variables are as good as it gets.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Screen(
        number(environment.getOrDefault("COLUMNS", ""), 80),
        number(environment.getOrDefault("LINES", ""), 24));
  }

  private static int number(String text, int otherwise) {
    return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
