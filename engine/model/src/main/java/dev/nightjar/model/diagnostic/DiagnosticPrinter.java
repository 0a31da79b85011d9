package dev.nightjar.model.diagnostic;

import java.util.Locale;

/**
 * Prints a diagnostic with its source line and a caret:
 *
 * <pre>
 * orders.yaml:14:9: error[unknown-option]: `json.validate` has no option `shema`
 *  14 |         shema: schemas/order.json
 *     |         ^^^^^
 *     = did you mean `schema`?
 * </pre>
 */
public final class DiagnosticPrinter {

  /** Longer source lines are cut around the place: wide enough for any line people write. */
  private static final int WIDTH = 120;

  private static final String BOLD_RED = "\u001b[1;31m";
  private static final String BOLD_YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[34m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean colours;

  public DiagnosticPrinter(boolean colours) {
    this.colours = colours;
  }

  /** The whole message, lines ended by {@code \n}. */
  public String print(Diagnostic diagnostic) {
    Place place = diagnostic.place();
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    String colour = diagnostic.severity() == Diagnostic.Severity.ERROR ? BOLD_RED : BOLD_YELLOW;
    var out = new StringBuilder();
    out.append(place).append(": ");
    out.append(paint(colour, severity + "[" + diagnostic.code().id() + "]"));
    out.append(": ").append(visible(diagnostic.message())).append('\n');
    String number = Integer.toString(place.line());
    String margin = " ".repeat(number.length());
    appendSource(out, place, number, margin, colour);
    for (String hint : diagnostic.hints()) {
      out.append(' ').append(margin).append(paint(BLUE, " = ")).append(visible(hint)).append('\n');
    }
    return out.toString();
  }

  private void appendSource(
      StringBuilder out, Place place, String number, String margin, String colour) {
    // A line can be as long as the file: only what may be shown of it is looked at.
    String before = place.source().lineBefore(place.start(), 2 * WIDTH);
    String line = before + place.source().lineFrom(place.start(), 2 * WIDTH);
    if (line.isBlank()) {
      return;
    }
    int[] points = line.codePoints().toArray();
    int from = before.codePointCount(0, before.length());
    int lineLeft = points.length - from;
    int length = place.source().text().codePointCount(place.start(), place.end());
    int carets = Math.max(1, Math.min(length, lineLeft));
    int cut = from > WIDTH - 20 ? from - WIDTH / 2 : 0;
    int shown = Math.min(points.length - cut, WIDTH);
    carets = Math.max(1, Math.min(carets, cut + shown - from));
    String bar = paint(BLUE, " | ");
    out.append(' ').append(paint(BLUE, number)).append(bar);
    out.append(visible(new String(points, cut, shown))).append('\n');
    out.append(' ').append(margin).append(bar);
    out.append(" ".repeat(from - cut)).append(paint(colour, "^".repeat(carets))).append('\n');
  }

  private String paint(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }

  /** Control characters would move the terminal's cursor or worse: each is shown as one blank. */
  private static String visible(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
