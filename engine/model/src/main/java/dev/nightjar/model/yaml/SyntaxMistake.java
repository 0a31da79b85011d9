package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Says in a line what is wrong with a file's syntax, where the library takes a paragraph. */
final class SyntaxMistake {

  private static final String QUOTES = "put the value in quotes";

  private static final Pattern CANNOT_START =
      Pattern.compile("found character '(.)' that cannot start");

  private static final Pattern NO_SPACE =
      Pattern.compile("^[ -]*+[A-Za-z_][A-Za-z0-9_-]*+(:)[^ /].*+$");

  private static final Pattern BLOCK_SCALAR = Pattern.compile("[ :][|>][-+0-9]{0,2} +$");

  private final SourceText source;
  private final String text;
  private final Positions positions;

  SyntaxMistake(SourceText source, Positions positions) {
    this.source = source;
    this.text = source.text();
    this.positions = positions;
  }

  static Refused tab(Place place) {
    return new Refused(
        Code.TAB, place, "a tab cannot indent YAML", "indent with spaces, two a level");
  }

  /** The mistake that the parser met. */
  Refused explain(JacksonException e, YAMLParser parser) {
    if (e.getCause() instanceof MarkedYamlEngineException marked) {
      int at = offset(marked.getProblemMark().map(mark -> mark.getIndex()).orElse(0));
      int context = marked.getContextMark().map(mark -> offset(mark.getIndex())).orElse(at);
      String during = marked.getContext() == null ? "" : marked.getContext();
      return explain(marked.getProblem() == null ? "" : marked.getProblem(), during, at, context);
    }
    int at = offset(parser.currentTokenLocation().getCharOffset());
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Expected a property name")) {
      return complexKey(at);
    }
    return syntax(at, at + 1, "this cannot be read as YAML: " + firstLine(message));
  }

  private Refused explain(String problem, String during, int at, int context) {
    int tab = text.startsWith("\t", at) ? at : tabBefore(at);
    if (tab >= 0) {
      return tab(place(tab, tab + 1));
    }
    Matcher start = CANNOT_START.matcher(problem);
    if (start.find()) {
      String sign = start.group(1).equals("`") ? "a back quote" : "`" + start.group(1) + "`";
      return syntax(at, at + 1, "a value cannot start with " + sign, QUOTES);
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return colon(at);
    }
    if (problem.contains("sequence entries are not allowed")) {
      return syntax(
          at,
          at + 1,
          "a list cannot start here",
          "start it on a line of its own, or write `[a, b]`");
    }
    if (during.contains("quoted scalar")) {
      return quoted(problem, at, context);
    }
    if (during.contains("flow")) {
      return flow(problem, at, context);
    }
    if (problem.contains("but found") && during.contains("block")) {
      return block(during, at);
    }
    return other(problem, during, at, context);
  }

  private Refused colon(int at) {
    int line = lineStart(at);
    if (text.substring(line, at).contains(": ")) {
      return syntax(at, at + 1, "a plain value cannot hold `: `", QUOTES);
    }
    int previous = previousLine(line);
    if (previous >= 0) {
      Matcher missing = NO_SPACE.matcher(text.substring(previous, lineEnd(previous)));
      if (missing.find()) {
        int colon = previous + missing.start(1);
        return syntax(colon, colon + 1, "there is no space after the `:`", "write `key: value`");
      }
    }
    int key = firstVisible(line);
    return syntax(
        key,
        at,
        "a key cannot stand here: the line above has a value already",
        "indent it as the keys that it belongs to");
  }

  private Refused quoted(String problem, int at, int context) {
    if (problem.contains("escape") || problem.contains("hexadecimal")) {
      int slash = text.lastIndexOf('\\', at);
      return syntax(
          slash,
          slash + 2,
          "there is no escape `" + text.substring(slash, Math.min(slash + 2, text.length())) + "`",
          "write `\\\\` for a backslash, or use single quotes");
    }
    return syntax(context, context + 1, "this quote is never closed");
  }

  private Refused flow(String problem, int at, int parsing) {
    boolean bracket = text.startsWith("[", parsing) || text.startsWith("{", parsing);
    int last = Math.max(text.lastIndexOf('[', parsing), text.lastIndexOf('{', parsing));
    int context = bracket ? parsing : Math.max(last, 0);
    if (at < text.length() && text.charAt(at) == '{' && at > 0 && text.charAt(at - 1) == '$') {
      return syntax(
          at - 1,
          at + 2,
          "an expression inside `{ }` or `[ ]` needs quotes",
          "write \"${{ ... }}\"");
    }
    char opened = context < text.length() ? text.charAt(context) : '[';
    String close = opened == '{' ? "}" : "]";
    boolean laterLine = text.substring(Math.min(context, at), at).contains("\n");
    if (at >= text.length() || problem.contains("stream end") || laterLine) {
      return syntax(
          context,
          context + 1,
          "`" + opened + "` is never closed",
          "add the missing `" + close + "`");
    }
    if (text.startsWith(":", at)) {
      return syntax(at, at + 1, "there is no key before the `:`");
    }
    if (text.startsWith(",", at)) {
      return syntax(at, at + 1, "a value is missing before this `,`");
    }
    return syntax(
        at,
        at + 1,
        "expected `,` or `" + close + "` here",
        "a value with signs of YAML in it needs quotes");
  }

  private Refused block(String during, int at) {
    char found = at < text.length() ? text.charAt(at) : ' ';
    if (found == '}' || found == ']') {
      return syntax(at, at + 1, "`" + found + "` closes nothing");
    }
    if (found == ':') {
      return syntax(at, at + 1, "there is no key before the `:`");
    }
    String before = text.substring(lineStart(at), Math.min(at, text.length()));
    if (BLOCK_SCALAR.matcher(before).find()) {
      return syntax(at, at + 1, "the text starts on the line after `|` or `>`");
    }
    if (!before.isBlank()) {
      return syntax(
          at,
          at + 1,
          "the value has ended before this",
          "put the whole value in one pair of quotes");
    }
    String expected = during.contains("mapping") ? "a key" : "a list item (`- `)";
    String hint =
        found == '-'
            ? "a list is indented like the key it belongs to, or more"
            : "lines that belong together are indented alike";
    return syntax(at, at + 1, "expected " + expected + " here", hint);
  }

  private Refused other(String problem, String during, int at, int context) {
    if (problem.contains("could not find expected ':'")) {
      return syntax(
          context,
          lineEnd(context),
          "expected a key here, followed by `:`",
          "a longer text starts with `|` on the line of its key");
    }
    if (problem.contains("expected the node content")) {
      return syntax(at, at + 1, "expected a value here");
    }
    if (during.contains("tag") || problem.contains("tag")) {
      return new Refused(
          Code.UNKNOWN_TAG,
          place(context, context + 1),
          "`!` starts a tag, and tags are not part of the language",
          "text that starts with `!` is written in quotes");
    }
    if (during.contains("anchor") || during.contains("alias")) {
      return syntax(context, context + 1, "after `&` and `*` comes the name of an anchor", QUOTES);
    }
    if (during.contains("block scalar")) {
      return blockScalar(problem, at);
    }
    if (problem.contains("document start")) {
      return syntax(at, at + 1, "expected the start of a document (`---`) here");
    }
    return syntax(at, at + 1, "this cannot be read as YAML: " + firstLine(problem));
  }

  private Refused blockScalar(String problem, int at) {
    if (problem.contains("leading empty lines")) {
      return syntax(
          lineStart(at), at, "an empty line is indented more than the text", "remove its blanks");
    }
    return syntax(at, at + 1, "the text starts on the line after `|` or `>`");
  }

  private Refused complexKey(int at) {
    if (text.startsWith("{", at) && at > 0 && text.charAt(at - 1) == '{') {
      return syntax(
          at - 1, at + 1, "`{{` starts a map inside a map", "an expression is \"${{ ... }}\"");
    }
    if (text.startsWith("{{", at)) {
      return syntax(
          at, at + 2, "`{{` starts a map inside a map", "an expression is \"${{ ... }}\"");
    }
    return syntax(at, at + 1, "a key is text: no list, map or alias");
  }

  /** A tab in the indentation of the line at fault. */
  private int tabBefore(int at) {
    int line = lineStart(Math.min(at, text.length()));
    int visible = firstVisible(line);
    int tab = text.indexOf('\t', line);
    return tab >= 0 && tab < visible && at <= visible + 1 ? tab : -1;
  }

  private int firstVisible(int line) {
    int at = line;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  private int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /** Where the last line above that is not blank starts; -1 when there is none. */
  private int previousLine(int line) {
    int start = line;
    while (start > 0) {
      start = lineStart(start - 1);
      if (!text.substring(start, lineEnd(start)).isBlank()) {
        return start;
      }
    }
    return -1;
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }

  private int offset(long point) {
    return positions.offset(point);
  }

  private Refused syntax(int start, int end, String message, String... hints) {

    return new Refused(Code.YAML_SYNTAX, place(start, end), message, hints);
  }

  private Place place(int start, int end) {
    return new Place(source, start, end);
  }
}
