package dev.nightjar.cli.display;

/**
 * What a stream can show.
 *
 * @param colours whether ANSI colours mean something there
 * @param unicode whether characters beyond ASCII may be drawn with
 */
public record Style(boolean colours, boolean unicode) {

  /** Letters and digits alone: for files and pipes. */
  public static final Style PLAIN = new Style(false, false);

  private static final String RESET = "\u001b[0m";

  public String bold(String text) {
    return paint("\u001b[1m", text);
  }

  public String dim(String text) {
    return paint("\u001b[2m", text);
  }

  public String red(String text) {
    return paint("\u001b[1;31m", text);
  }

  public String yellow(String text) {
    return paint("\u001b[1;33m", text);
  }

  public String green(String text) {
    return paint("\u001b[32m", text);
  }

  public String blue(String text) {
    return paint("\u001b[36m", text);
  }

  private String paint(String colour, String text) {
    return colours && !text.isEmpty() ? colour + text + RESET : text;
  }
}
