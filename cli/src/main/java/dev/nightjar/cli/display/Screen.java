package dev.nightjar.cli.display;

/**
 * A terminal's size in characters.
 *
 * @param columns at least 20
 * @param rows at least 3
 */
public record Screen(int columns, int rows) {

  /** What every terminal has. */
  public static final Screen DEFAULT = new Screen(80, 24);

  public Screen {
    columns = Math.clamp(columns, 20, 1000);
    rows = Math.clamp(rows, 3, 1000);
  }

  /** Tells how large the terminal is just now. */
  @FunctionalInterface
  public interface Source {
    Screen measure();
  }
}
