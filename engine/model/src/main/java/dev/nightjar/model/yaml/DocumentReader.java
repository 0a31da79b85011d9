package dev.nightjar.model.yaml;

import dev.nightjar.model.diagnostic.Code;
import dev.nightjar.model.diagnostic.Diagnostics;
import dev.nightjar.model.diagnostic.Place;
import dev.nightjar.model.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Makes nodes of the token stream of one document. Anchors, merges, duplicates and limits are
 * handled here, because the library handles none of them: its stream says of an alias only its
 * name, of a duplicate key nothing.
 */
final class DocumentReader {

  /** Lists and maps in each other; people write ten. Keeps recursion within any stack. */
  static final int MAX_DEPTH = 100;

  /**
   * Values in the document once aliases are expanded: room for more than ten thousand steps, and
   * seconds of work at most.
   */
  static final int MAX_NODES = 200_000;

  private final SourceText source;
  private final Diagnostics diagnostics;
  private final Positions positions;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int nodes;

  /** What an anchor stands for, and what each of its aliases costs. */
  private record Anchored(YamlNode node, int size, int height) {}

  /** A node with the number of levels below it. */
  private record Built(YamlNode node, int height) {}

  DocumentReader(SourceText source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.positions = new Positions(source.text());
  }

  /**
   * The document's value.
   *
   * @throws Refused when what follows a mistake has no certain meaning
   */
  YamlNode read() {
    refuseControlCharacters();
    // One buffer for the whole text: at the border of two the library loses surrogate pairs.
    var settings =
        LoadSettings.builder()
            .setBufferSize(source.text().length() + 2)
            .setAllowDuplicateKeys(true)
            .build();
    var factory = YAMLFactory.builder().loadSettings(settings).build();
    try (var parser = (YAMLParser) factory.createParser(ObjectReadContext.empty(), source.text())) {
      return document(parser);
    }
  }

  private YamlNode document(YAMLParser parser) {
    JsonToken first = next(parser);
    if (first == null) {
      throw empty();
    }
    YamlNode root = node(parser, first, 0, null).node();
    JsonToken next = next(parser);
    if (next != null) {
      int marker = source.text().lastIndexOf("---", start(parser));
      throw new Refused(
          Code.MANY_DOCUMENTS,
          place(marker, marker + 3),
          "a second document starts here",
          "one file holds one workflow: put the second into a file of its own");
    }
    boolean nothing =
        root instanceof YamlNode.Scalar scalar && scalar.plain() && scalar.text().isEmpty();
    if (nothing) {
      throw empty();
    }
    return root;
  }

  private @Nullable JsonToken next(YAMLParser parser) {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw new SyntaxMistake(source, positions).explain(e, parser);
    } catch (RuntimeException e) {
      // A mistake of the library's, which it makes for some broken files.
      throw new Refused(
          Code.YAML_SYNTAX, place(end(parser), end(parser) + 1), "this cannot be read as YAML");
    }
  }

  /** The next token inside a list or map, which the library never leaves without. */
  private JsonToken inner(YAMLParser parser) {
    return Objects.requireNonNull(next(parser));
  }

  private Refused empty() {
    return new Refused(
        Code.EMPTY_FILE,
        place(0, 0),
        "the file is empty",
        "a workflow has at least `name:` and `steps:`");
  }

  /** What YAML calls printable, or no terminal and no diff shows what the file says. */
  private void refuseControlCharacters() {
    String text = source.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control =
          (c < ' ' && c != '\t' && c != '\n' && c != '\r')
              || (c >= 0x7F && c < 0xA0 && c != 0x85)
              || c >= 0xFFFE;
      if (control) {
        throw new Refused(
            Code.YAML_SYNTAX,
            place(i, i + 1),
            "the control character U+%04X cannot stand in YAML".formatted((int) c),
            "in double quotes it can be written \"\\u%04x\"".formatted((int) c));
      }
    }
  }

  /**
   * The node that starts with the parser's current token.
   *
   * @param owner what an empty value is a part of: its key
   */
  private Built node(YAMLParser parser, JsonToken token, int depth, @Nullable Place owner) {
    if (parser.isCurrentAlias()) {
      return alias(parser, depth);
    }
    String anchor = parser.getObjectId();
    String tag = parser.getRawTag();
    int before = nodes;
    countNodes(1, parser);
    if (anchor != null) {
      open.add(anchor);
    }
    Built built =
        switch (token) {
          case START_OBJECT -> mapping(parser, depth, tag);
          case START_ARRAY -> sequence(parser, depth, tag);
          default -> new Built(scalar(parser, tag, owner), 0);
        };
    if (anchor != null) {
      open.remove(anchor);
      anchors.put(anchor, new Anchored(built.node(), nodes - before, built.height()));
    }
    return built;
  }

  private Built alias(YAMLParser parser, int depth) {
    String name = parser.getString();
    Place place = place(start(parser), end(parser));
    Anchored anchored = anchors.get(name);
    if (open.contains(name)) {
      throw new Refused(
          Code.UNKNOWN_ALIAS, place, "`*" + name + "` stands inside what it stands for");
    }
    if (anchored == null) {
      throw new Refused(
          Code.UNKNOWN_ALIAS,
          place,
          "there is no anchor `&" + name + "` above",
          "text that starts with `*` is written in quotes");
    }
    countNodes(anchored.size(), parser);
    if (depth + anchored.height() > MAX_DEPTH) {
      throw tooDeep(place);
    }
    return new Built(placed(anchored.node(), place), anchored.height());
  }

  private static YamlNode placed(YamlNode node, Place place) {
    return switch (node) {
      case YamlNode.Scalar one ->
          new YamlNode.Scalar(place, one.text(), one.plain(), one.value(), one.locator());
      case YamlNode.Sequence list -> new YamlNode.Sequence(place, list.items());
      case YamlNode.Mapping map -> new YamlNode.Mapping(place, map.entries());
    };
  }

  private Built sequence(YAMLParser parser, int depth, @Nullable String tag) {
    int start = valueStart(parser, end(parser));
    checkTag(parser, tag, "seq");
    checkDepth(depth + 1, start);
    var items = new ArrayList<YamlNode>();
    int height = 0;
    JsonToken token = inner(parser);
    while (token != JsonToken.END_ARRAY) {
      Built item = node(parser, token, depth + 1, null);
      items.add(item.node());
      height = Math.max(height, item.height());
      token = inner(parser);
    }
    boolean flow = startsWith(start, '[');
    int end = flow ? end(parser) : start + 1;
    return new Built(new YamlNode.Sequence(place(start, end), List.copyOf(items)), height + 1);
  }

  private Built mapping(YAMLParser parser, int depth, @Nullable String tag) {
    int start = valueStart(parser, end(parser));
    checkTag(parser, tag, "map");
    checkDepth(depth + 1, start);
    var entries = new MapEntries(diagnostics);
    int height = 0;
    JsonToken token = inner(parser);
    while (token != JsonToken.END_OBJECT) {
      YamlNode.Scalar key = key(parser);
      Built value = node(parser, inner(parser), depth + 1, key.place());
      entries.add(key, value.node());
      height = Math.max(height, value.height());
      token = inner(parser);
    }
    boolean flow = startsWith(start, '{');
    Place place = place(start, flow ? end(parser) : start + 1);
    if (!flow && !entries.isEmpty()) {
      place = entries.firstKey();
    }
    return new Built(entries.at(place), height + 1);
  }

  private YamlNode.Scalar key(YAMLParser parser) {
    int end = end(parser);
    int start = valueStart(parser, end);
    String text = parser.currentName();
    Place place = place(start, end);
    if (text.isEmpty()) {
      throw new Refused(Code.YAML_SYNTAX, place, "there is no key before the `:`");
    }
    refuseTabs(start);
    var locator = new ScalarLocator(source, start, end, text);
    boolean plain = !startsWith(start, '"') && !startsWith(start, '\'');
    return new YamlNode.Scalar(
        place, text, plain, JsonNodeFactory.instance.stringNode(text), locator);
  }

  /** The library lets tabs pass in some indentations, where readers count them differently. */
  private void refuseTabs(int start) {
    String text = source.text();
    int line = start;
    while (line > 0 && (text.charAt(line - 1) == ' ' || text.charAt(line - 1) == '\t')) {
      line--;
    }
    boolean indents = line == 0 || text.charAt(line - 1) == '\n' || text.charAt(line - 1) == '\r';
    int tab = indents ? text.indexOf('\t', line, start) : -1;
    if (tab >= 0) {
      throw SyntaxMistake.tab(place(tab, tab + 1));
    }
  }

  private YamlNode scalar(YAMLParser parser, @Nullable String tag, @Nullable Place owner) {
    String text = parser.getString() == null ? "" : parser.getString();
    int end = end(parser);
    int start = valueStart(parser, end);
    boolean quoted = start < end && "\"'|>".indexOf(source.text().charAt(start)) >= 0;
    boolean plain = !quoted;
    Place place = place(start, end);
    if (plain && text.isEmpty()) {
      place = owner != null ? owner : place(lastMark(start), lastMark(start) + 1);
    } else if (quoted && place.line() != place(end, end).line()) {
      place = place(start, lineEnd(start));
    }
    JsonNode value = value(parser, text, plain, tag, place);
    var locator = new ScalarLocator(source, start, end, text);
    return new YamlNode.Scalar(place, text, plain, value, locator);
  }

  private JsonNode value(
      YAMLParser parser, String text, boolean plain, @Nullable String tag, Place place) {
    JsonNode string = JsonNodeFactory.instance.stringNode(text);
    if (tag != null && (tag.equals("!") || tag.equals(CoreTags.PREFIX + "str"))) {
      return string;
    }
    if (tag == null && !plain) {
      return string;
    }
    JsonNode value = CoreSchema.value(text);
    if (value == null) {
      diagnostics.error(
          Code.BAD_VALUE,
          place,
          "a number has at most 1,000 digits, and an exponent of at most 9,999",
          "if it is not a quantity, put it in quotes");
      return string;
    }
    if (tag != null && !CoreTags.fits(tag, value)) {
      refuseTag(parser, tag);
    }
    return value;
  }

  private void checkTag(YAMLParser parser, @Nullable String tag, String expected) {
    if (tag != null && !tag.equals("!") && !tag.equals(CoreTags.PREFIX + expected)) {
      refuseTag(parser, tag);
    }
  }

  private void refuseTag(YAMLParser parser, String tag) {
    String written =
        tag.startsWith(CoreTags.PREFIX) ? "!!" + tag.substring(CoreTags.PREFIX.length()) : tag;
    int start = start(parser);
    int at = Math.max(start, source.text().indexOf('!', start));
    boolean known = CoreTags.known(tag);
    diagnostics.error(
        Code.UNKNOWN_TAG,
        place(at, at + Math.max(1, written.length())),
        known
            ? "the value does not fit its tag `" + written + "`"
            : "the tag `" + written + "` is not part of the language",
        "text that starts with `!` is written in quotes");
  }

  private void checkDepth(int depth, int start) {
    if (depth > MAX_DEPTH) {
      throw tooDeep(place(start, start + 1));
    }
  }

  private static Refused tooDeep(Place place) {
    return new Refused(Code.TOO_DEEP, place, "lists and maps nest at most 100 levels");
  }

  private void countNodes(int count, YAMLParser parser) {
    nodes += count;
    if (nodes > MAX_NODES) {
      throw new Refused(
          Code.TOO_LARGE,
          place(start(parser), end(parser)),
          "here the document grows over 200,000 values, aliases expanded",
          "data belongs in files of its own, which steps read");
    }
  }

  private int start(YAMLParser parser) {
    return positions.offset(parser.currentTokenLocation().getCharOffset());
  }

  private int end(YAMLParser parser) {
    return positions.offset(parser.currentLocation().getCharOffset());
  }

  /** The value's first character, behind its anchor and tag. */
  private int valueStart(YAMLParser parser, int end) {
    String text = source.text();
    int at = start(parser);
    while (at < end && "&! \t\r\n#".indexOf(text.charAt(at)) >= 0) {
      char c = text.charAt(at);
      if (c == '&' || c == '!') {
        at = wordEnd(text, at, end);
      } else if (c == '#') {
        at = lineEnd(at);
      } else {
        at++;
      }
    }
    return at;
  }

  private static int wordEnd(String text, int from, int end) {
    int at = from;
    while (at < end && " \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private int lineEnd(int from) {
    String text = source.text();
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** The sign before an empty value. */
  private int lastMark(int before) {
    String text = source.text();
    int at = Math.min(before, text.length()) - 1;
    while (at > 0 && "-,[{:?".indexOf(text.charAt(at)) < 0) {
      at--;
    }
    return Math.max(at, 0);
  }

  private boolean startsWith(int at, char c) {
    return at < source.text().length() && source.text().charAt(at) == c;
  }

  private Place place(int start, int end) {
    return new Place(source, start, end);
  }
}
