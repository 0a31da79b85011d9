package dev.nightjar.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/**
 * What counts as a word, for both databases alike: letters and digits that stand together, in small
 * letters.
 */
final class Words {

  /** Of a longer one so much is kept, in characters. */
  private static final int LONGEST = 64;

  /** Words behind these characters of one text are not found: a log line may be a whole file. */
  private static final int FAR = 16_384;

  private Words() {}

  /** Each word of a text once. */
  static SequencedSet<String> of(String text) {
    var words = new LinkedHashSet<String>();
    String small = text.substring(0, Math.min(FAR, text.length())).toLowerCase(Locale.ROOT);
    int from = -1;
    int at = 0;
    while (at <= small.length()) {
      int point = at < small.length() ? small.codePointAt(at) : ' ';
      boolean inside = Character.isLetterOrDigit(point);
      if (inside && from < 0) {
        from = at;
      } else if (!inside && from >= 0) {
        words.add(cut(small.substring(from, at)));
        from = -1;
      }
      at += Character.charCount(point);
    }
    return words;
  }

  private static String cut(String word) {
    return word.codePointCount(0, word.length()) <= LONGEST
        ? word
        : word.substring(0, word.offsetByCodePoints(0, LONGEST));
  }

  /**
   * A word that is looked for.
   *
   * @param beginning whether any word will do that begins so
   */
  record Sought(String word, boolean beginning) {}

  /** What a person has typed: all of the words; {@code ord*} for those that begin so. */
  static List<Sought> sought(String text) {
    List<Sought> sought = new ArrayList<>();
    for (String part : text.strip().split("\\s+", -1)) {
      List<String> words = List.copyOf(of(part));
      for (int i = 0; i < words.size(); i++) {
        boolean last = i == words.size() - 1;
        sought.add(new Sought(words.get(i), last && part.endsWith("*")));
      }
    }
    return sought;
  }
}
