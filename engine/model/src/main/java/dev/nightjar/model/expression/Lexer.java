package dev.nightjar.model.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts an expression into words. */
final class Lexer {

  private static final List<String> SYMBOLS =
      List.of(
          "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".",
          ",", "(", ")", "[", "]", "{", "}");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /**
   * All words, the last one of kind {@code END}.
   *
   * @throws Mistake at a character that cannot start a word
   */
  static List<Token> tokens(String text) {
    return new Lexer(text).run();
  }

  private List<Token> run() {
    skipBlanks();
    while (at < text.length()) {
      next();
      skipBlanks();
    }
    tokens.add(new Token(Token.Kind.END, "", null, at, at));
    return tokens;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void next() {
    char c = text.charAt(at);
    if (Quoted.startsAt(text, at)) {
      Quoted quoted = Quoted.read(text, at);
      add(Token.Kind.LITERAL, quoted.value(), quoted.end());
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (isNameStart(c)) {
      name();
    } else {
      symbol();
    }
  }

  private void add(Token.Kind kind, @Nullable Object value, int end) {
    tokens.add(new Token(kind, text.substring(at, end), value, at, end));
    at = end;
  }

  private void name() {
    int end = at;
    while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    add(Token.Kind.NAME, null, end);
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        add(Token.Kind.SYMBOL, null, at + symbol.length());
        return;
      }
    }
    throw unexpected();
  }

  private Mistake unexpected() {
    int end = at + Character.charCount(text.codePointAt(at));
    if (text.startsWith("${{", at)) {
      return new Mistake(at, at + 3, "an expression stands here already", "leave out ${{ and }}");
    }
    String hint =
        switch (text.charAt(at)) {
          case '=' -> "write == to compare";
          case '&' -> "write && for `and`";
          case '|' -> "write || for `or`";
          case '`', '“', '”', '‘', '’' -> "text stands in straight quotes, 'so' or \"so\"";
          default -> "";
        };
    String message = "`" + text.substring(at, end) + "` means nothing in an expression";
    return hint.isEmpty() ? new Mistake(at, end, message) : new Mistake(at, end, message, hint);
  }

  private void number() {
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      hexadecimal();
      return;
    }
    int end = digits(at);
    boolean whole = true;
    if (end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
      whole = false;
      end = digits(end + 1);
    }
    int exponent = exponent(end);
    if (exponent > end) {
      whole = false;
      end = exponent;
    }
    endNumber(end);
    String written = text.substring(at, end);
    Number value = whole ? (Number) whole(written, 10, end) : (Number) real(written, end);
    add(Token.Kind.LITERAL, value, end);
  }

  private void hexadecimal() {
    int end = at + 2;
    while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
      end++;
    }
    if (end == at + 2) {
      throw new Mistake(at, end, "0x needs hexadecimal digits behind it");
    }
    endNumber(end);
    add(Token.Kind.LITERAL, whole(text.substring(at + 2, end), 16, end), end);
  }

  private int digits(int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Behind an exponent, or {@code from} where none stands. */
  private int exponent(int from) {
    if (from >= text.length() || "eE".indexOf(text.charAt(from)) < 0) {
      return from;
    }
    int first = from + 1;
    if (first < text.length() && "+-".indexOf(text.charAt(first)) >= 0) {
      first++;
    }
    int end = digits(first);
    return end > first ? end : from;
  }

  private void endNumber(int end) {
    if (end < text.length() && "uU".indexOf(text.charAt(end)) >= 0) {
      throw new Mistake(at, end + 1, "there are no unsigned numbers", "leave out the u");
    }
    if (end < text.length() && isNameStart(text.charAt(end))) {
      throw new Mistake(at, end + 1, "a name cannot start with a digit, nor a number end so");
    }
  }

  /** The one number whose digits fit only with its sign is read with it. */
  private Long whole(String digits, int radix, int end) {
    try {
      return Long.parseLong(negative() ? "-" + digits : digits, radix);
    } catch (NumberFormatException tooLarge) {
      throw new Mistake(
          at, end, "a whole number has at most 64 bits", "write it as 1.0e20 to compute with it");
    }
  }

  private Double real(String written, int end) {
    double value = Double.parseDouble(negative() ? "-" + written : written);
    if (Double.isInfinite(value)) {
      throw new Mistake(at, end, "the number is too large");
    }
    return value;
  }

  /** Takes in a minus that no operand stands before. */
  private boolean negative() {
    int last = tokens.size() - 1;
    if (last < 0 || !tokens.get(last).is("-") || tokens.get(last).end() != at) {
      return false;
    }
    if (last > 0 && endsOperand(tokens.get(last - 1))) {
      return false;
    }
    at = tokens.remove(last).start();
    return true;
  }

  private static boolean endsOperand(Token token) {
    return switch (token.kind()) {
      case LITERAL -> true;
      case NAME -> !token.is("in");
      case SYMBOL -> token.is(")") || token.is("]") || token.is("}");
      case END -> false;
    };
  }

  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
