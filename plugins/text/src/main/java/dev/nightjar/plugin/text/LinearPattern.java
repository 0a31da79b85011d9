package dev.nightjar.plugin.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Regular expressions whose time grows with the text alone, and whose size is bounded. */
final class LinearPattern {

  private LinearPattern() {}

  /**
   * Compiles a pattern.
   *
   * @param option the name of the option for messages
   * @throws IllegalArgumentException saying what is wrong with the pattern
   */
  static Pattern compile(String option, String pattern, boolean ignoreCase) {
    try {
      PatternSize.check(pattern);
      return Pattern.compile(pattern, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(option + " `" + pattern + "`: " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /**
   * Goes to the next match. Matches of nothing inside a character of two chars, which RE2/J finds,
   * are passed over: to cut there would leave halves.
   */
  static boolean find(Matcher match, String text) {
    while (match.find()) {
      int at = match.start();
      boolean insideCharacter =
          at == match.end()
              && at > 0
              && at < text.length()
              && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
      if (!insideCharacter) {
        return true;
      }
    }
    return false;
  }

  private static String reason(PatternSyntaxException e) {
    String part = e.getPattern();
    String reason = e.getDescription() + " at `" + part + "`";
    boolean look = part.startsWith("(?=") || part.startsWith("(?!") || part.startsWith("(?<");
    boolean back = part.matches("\\\\[1-9k]");
    return look || back
        ? reason + "; look-around and back-references are not supported, they have no linear time"
        : reason;
  }
}
