package dev.nightjar.cli.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows with aligned columns; a column without any value is left out. */
public final class Table {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final Set<String> rightAligned;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<String> headings, Set<String> rightAligned) {
    this.headings = List.copyOf(headings);
    this.rightAligned = Set.copyOf(rightAligned);
  }

  /** Adds a row with as many cells as there are headings. */
  public void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings.size());
    }
    rows.add(List.of(cells));
  }

  /** The lines, headings first. */
  public List<String> lines(Style style) {
    return lines(style, Integer.MAX_VALUE, List.of());
  }

  /**
   * The lines, headings first, of at most this width if leaving out columns can do that.
   *
   * @param dispensable the headings of those that may be left out, the first one first
   */
  public List<String> lines(Style style, int width, List<String> dispensable) {
    int[] widths = widths();
    for (String heading : dispensable) {
      if (total(widths) > width) {
        widths[headings.indexOf(heading)] = 0;
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(style.dim(line(headings, widths)));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static int total(int[] widths) {
    int total = 0;
    for (int width : widths) {
      total += width == 0 ? 0 : width + (total == 0 ? 0 : GAP.length());
    }
    return total;
  }

  /** By column; 0 for one that is empty but for its heading. */
  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
      if (widths[column] > 0) {
        widths[column] = Math.max(widths[column], headings.get(column).length());
      }
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    var out = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      if (widths[column] > 0) {
        String cell = cells.get(column);
        String blanks = " ".repeat(widths[column] - cell.length());
        boolean right = rightAligned.contains(headings.get(column));
        out.append(out.isEmpty() ? "" : GAP).append(right ? blanks + cell : cell + blanks);
      }
    }
    return out.toString().stripTrailing();
  }
}
