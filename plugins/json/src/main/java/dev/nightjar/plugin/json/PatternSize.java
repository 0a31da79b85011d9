package dev.nightjar.plugin.json;

/**
 * How large a regular expression becomes once its counted repeats are written out: {@code
 * (a{100}){100}} stands for 10,000 characters, and a few more levels would fill any memory.
 */
final class PatternSize {

  /** Parts after writing out; each of them may be looked at once for each character of text. */
  private static final int MAX_SIZE = 10_000;

  private static final int MAX_LENGTH = 10_000;

  private static final int MAX_DEPTH = 100;

  private final String pattern;
  private final long[] sums = new long[MAX_DEPTH + 1];
  private final long[] before = new long[MAX_DEPTH + 1];
  private int depth;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Checks a pattern before it is compiled; mistakes in it are left to the compiler.
   *
   * @throws IllegalArgumentException when it is too long, too deep or too large
   */
  static void check(String pattern) {
    require(pattern.length() <= MAX_LENGTH, "the pattern is longer than 10,000 characters");
    new PatternSize(pattern).measure();
  }

  private void measure() {
    long last = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      last =
          switch (c) {
            case '(' -> enter();
            case ')' -> leave();
            case '{' -> repeat(last);
            default -> add(one(c));
          };
      require(
          sums[depth] <= MAX_SIZE,
          "the pattern's counted repeats make it larger than 10,000 parts; use smaller ones");
    }
  }

  private long enter() {
    at++;
    depth++;
    require(depth <= MAX_DEPTH, "the pattern has more than 100 groups inside each other");
    sums[depth] = 1;
    return 0;
  }

  private long leave() {
    at++;
    if (depth == 0) {
      return 0;
    }
    long inside = sums[depth];
    depth--;
    return add(inside);
  }

  private long add(long size) {
    before[depth] = sums[depth];
    sums[depth] += size;
    return size;
  }

  /** {@code {3}}, {@code {3,}} or {@code {3,5}}; any other brace is a character. */
  private long repeat(long last) {
    int end = pattern.indexOf('}', at);
    String body = end < 0 ? "" : pattern.substring(at + 1, end);
    at++;
    if (body.isEmpty() || !body.chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'))) {
      return add(1);
    }
    at = end + 1;
    long most = 1;
    for (String bound : body.split(",", -1)) {
      most = Math.max(most, bound.isEmpty() ? 1 : number(bound));
    }
    sums[depth] = before[depth];
    return add(last * most);
  }

  private static long number(String digits) {
    return digits.length() > 6 ? 1_000_000 : Long.parseLong(digits);
  }

  private int one(char c) {
    if (pattern.startsWith("\\Q", at)) {
      return quoted();
    }
    switch (c) {
      case '[' -> at = afterClass();
      case '\\' -> at = afterEscape(at);
      default -> at++;
    }
    return c == '*' || c == '+' || c == '?' || c == '|' ? 0 : 1;
  }

  private int quoted() {
    int end = pattern.indexOf("\\E", at);
    int length = (end < 0 ? pattern.length() : end) - at;
    at = end < 0 ? pattern.length() : end + 2;
    return length;
  }

  private int afterClass() {
    int i = at + 1;
    i += i < pattern.length() && pattern.charAt(i) == '^' ? 1 : 0;
    i += i < pattern.length() && pattern.charAt(i) == ']' ? 1 : 0;
    while (i < pattern.length() && pattern.charAt(i) != ']') {
      i = pattern.charAt(i) == '\\' ? afterEscape(i) : i + 1;
    }
    return Math.min(i + 1, pattern.length());
  }

  /** {@code \d}, {@code \x{1F600}}, {@code \p{Greek}}. */
  private int afterEscape(int from) {
    int end = Math.min(from + 2, pattern.length());
    boolean braced = pattern.startsWith("{", end) && "pPx".indexOf(pattern.charAt(end - 1)) >= 0;
    int close = braced ? pattern.indexOf('}', end) : -1;
    return close < 0 ? end : close + 1;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
