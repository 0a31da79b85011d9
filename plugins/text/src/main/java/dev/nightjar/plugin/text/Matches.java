package dev.nightjar.plugin.text;

import dev.nightjar.spi.DataRecord;
import dev.nightjar.spi.Output;
import dev.nightjar.spi.RecordFunction;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes a JSON record of each match. */
final class Matches implements RecordFunction {

  /** How much of a record's text goes along with each match, in chars. */
  private static final int MAX_TEXT = 1_000;

  private final AhoCorasick automaton;
  private final SearchedTexts texts;
  private final List<String> patterns;
  private final boolean wholeWord;

  Matches(AhoCorasick automaton, SearchedTexts texts, List<String> patterns, boolean wholeWord) {
    this.automaton = automaton;
    this.texts = texts;
    this.patterns = patterns;
    this.wholeWord = wholeWord;
  }

  @Override
  public void apply(DataRecord record, Output out) {
    texts.forEach(record, (field, text) -> search(record, field, text, out));
  }

  private void search(DataRecord record, String field, String text, Output out) {
    var position = new Position(text);
    automaton.search(
        text,
        (pattern, start, end) -> {
          if (!wholeWord || Words.whole(text, start, end)) {
            out.emit(match(record, field, text, pattern, start, end, position));
          }
          return true;
        });
  }

  private DataRecord match(
      DataRecord record,
      String field,
      String text,
      int pattern,
      int start,
      int end,
      Position position) {
    var match = JsonNodeFactory.instance.objectNode();
    match.put("pattern", patterns.get(pattern));
    match.put("match", text.substring(start, end));
    match.put("position", position.of(start));
    match.put("source", record.origin().source());
    match.put("line", record.origin().line());
    if (!field.isEmpty()) {
      match.put("field", field);
    }
    match.put("text", cut(text));
    return DataRecord.json(match, record.origin());
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end) + "\u2026";
  }

  /** Counts characters as people do, from 1, going on from where it last was. */
  private static final class Position {

    private final String text;
    private int index;
    private int characters;

    private Position(String text) {
      this.text = text;
    }

    int of(int start) {
      characters +=
          start >= index ? text.codePointCount(index, start) : -text.codePointCount(start, index);
      index = start;
      return characters + 1;
    }
  }
}
