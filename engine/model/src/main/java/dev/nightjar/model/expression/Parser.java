package dev.nightjar.model.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.NullNode;

/** Reads an expression by recursive descent, with CEL's precedence. */
final class Parser {

  /** Brackets, signs and conditionals inside each other: deeper than people write. */
  private static final int NESTING = 100;

  /** Parts inside parts, chains such as a + b + c … counted too: far from the end of a stack. */
  private static final int HEIGHT = 300;

  /** Words of other languages that people write between operands. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          "and", "write && for `and`",
          "or", "write || for `or`",
          "not", "write ! for `not`",
          "is", "write == to compare",
          "eq", "write == to compare",
          "mod", "write % for the remainder");

  private final List<Token> tokens;
  private int at;
  private int nesting;

  /** Parts inside parts of what was read last. */
  private int height;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads the whole text.
   *
   * @throws Mistake at the first word that does not belong where it stands
   */
  static Syntax parse(String text) {
    var parser = new Parser(Lexer.tokens(text));
    Syntax syntax = parser.expression();
    if (parser.token().kind() != Token.Kind.END) {
      throw parser.unexpected("an operator or the end");
    }
    return syntax;
  }

  private Token token() {
    return tokens.get(at);
  }

  private boolean take(String symbol) {
    boolean taken = token().is(symbol);
    if (taken) {
      at++;
    }
    return taken;
  }

  private Token expect(String symbol, String expected) {
    Token token = token();
    if (!take(symbol)) {
      throw unexpected(expected);
    }
    return token;
  }

  private Mistake unexpected(String expected) {
    Token token = token();
    String message = "expected " + expected + ", found " + token.shown();
    String hint = FOREIGN.get(token.text());
    return hint == null
        ? new Mistake(token.start(), token.end(), message)
        : new Mistake(token.start(), token.end(), message, hint);
  }

  private void deeper() {
    if (++nesting > NESTING) {
      throw tooDeep();
    }
  }

  private Mistake tooDeep() {
    return new Mistake(token().start(), token().end(), "the expression is nested too deeply");
  }

  /** Notes the height of a part made of one of height {@code a} and the one read last. */
  private void join(int a) {
    height = Math.max(a, height) + 1;
    if (height > HEIGHT) {
      throw tooDeep();
    }
  }

  private Syntax expression() {
    deeper();
    Syntax test = logic(false);
    if (take("?")) {
      int tall = height;
      Syntax then = logic(false);
      join(tall);
      tall = height;
      expect(":", "`:` and the other value of `? :`");
      Syntax otherwise = expression();
      join(tall);
      test = new Syntax.Choice(test, then, otherwise);
    }
    nesting--;
    return test;
  }

  private Syntax logic(boolean and) {
    Syntax first = and ? binary(0) : logic(true);
    String symbol = and ? "&&" : "||";
    if (!token().is(symbol)) {
      return first;
    }
    List<Syntax> operands = new ArrayList<>(List.of(first));
    int tall = height;
    while (take(symbol)) {
      operands.add(and ? binary(0) : logic(true));
      tall = Math.max(tall, height);
    }
    join(tall);
    return new Syntax.Logic(and, operands);
  }

  private Syntax binary(int level) {
    if (level > Operator.LEVELS) {
      return unary();
    }
    Syntax left = binary(level + 1);
    Operator operator = Operator.of(token(), level);
    while (operator != null) {
      at++;
      int tall = height;
      Syntax right = binary(level + 1);
      join(tall);
      left = new Syntax.Binary(operator, left, right);
      operator = Operator.of(token(), level);
    }
    return left;
  }

  private Syntax unary() {
    int start = token().start();
    if (!token().is("!") && !token().is("-")) {
      return postfix();
    }
    boolean not = tokens.get(at++).is("!");
    deeper();
    Syntax operand = unary();
    nesting--;
    join(0);
    return not ? new Syntax.Not(operand, start) : new Syntax.Negation(operand, start);
  }

  private Syntax postfix() {
    Syntax target = primary();
    while (true) {
      int tall = height;
      if (take(".")) {
        target = member(target);
      } else if (take("[")) {
        Syntax key = expression();
        target = new Syntax.Index(target, key, expect("]", "`]`").end());
      } else {
        return target;
      }
      join(tall);
    }
  }

  private Syntax member(Syntax target) {
    Token name = token();
    if (name.kind() != Token.Kind.NAME) {
      throw unexpected("a name behind the dot");
    }
    at++;
    if (!take("(")) {
      return new Syntax.Member(target, name.text(), name.start(), name.end());
    }
    List<Syntax> arguments = list(")", "an argument or `)`");
    return new Syntax.Call(target, name.text(), name.start(), arguments, previousEnd());
  }

  private int previousEnd() {
    return tokens.get(at - 1).end();
  }

  private Syntax primary() {
    Token token = token();
    height = 1;
    return switch (token.kind()) {
      case LITERAL -> {
        at++;
        yield new Syntax.Literal(value(token), token.start(), token.end());
      }
      case NAME -> name(token);
      case SYMBOL -> bracket(token);
      case END -> throw unexpected("a value");
    };
  }

  private static Object value(Token token) {
    return token.value() == null ? NullNode.getInstance() : token.value();
  }

  private Syntax name(Token token) {
    if (token.is("in") || (token.is("not") && tokens.get(at + 1).kind() == Token.Kind.NAME)) {
      throw unexpected("a value");
    }
    at++;
    if (take("(")) {
      List<Syntax> arguments = list(")", "an argument or `)`");
      return new Syntax.Call(null, token.text(), token.start(), arguments, previousEnd());
    }
    return switch (token.text()) {
      case "true" -> new Syntax.Literal(true, token.start(), token.end());
      case "false" -> new Syntax.Literal(false, token.start(), token.end());
      case "null" -> new Syntax.Literal(NullNode.getInstance(), token.start(), token.end());
      default -> new Syntax.Name(token.text(), token.start(), token.end());
    };
  }

  private Syntax bracket(Token token) {
    if (take("(")) {
      Syntax inner = expression();
      return new Syntax.Group(inner, token.start(), expect(")", "`)`").end());
    }
    if (take("[")) {
      List<Syntax> elements = list("]", "a value or `]`");
      return new Syntax.ListLiteral(elements, token.start(), previousEnd());
    }
    if (take("{")) {
      return map(token);
    }
    throw unexpected("a value");
  }

  /** What stands before the closing symbol, which is taken too. */
  private List<Syntax> list(String closing, String expected) {
    List<Syntax> elements = new ArrayList<>();
    int tall = 0;
    while (!take(closing)) {
      if (token().kind() == Token.Kind.END) {
        throw unexpected(expected);
      }
      elements.add(expression());
      tall = Math.max(tall, height);
      if (!take(",") && !token().is(closing)) {
        throw unexpected("`,` or `" + closing + "`");
      }
    }
    height = tall;
    join(0);
    return elements;
  }

  private Syntax map(Token opening) {
    List<Syntax> keys = new ArrayList<>();
    List<Syntax> values = new ArrayList<>();
    int tall = 0;
    while (!take("}")) {
      keys.add(expression());
      tall = Math.max(tall, height);
      expect(":", "`:` and the value of the key");
      values.add(expression());
      tall = Math.max(tall, height);
      if (!take(",") && !token().is("}")) {
        throw unexpected("`,` or `}`");
      }
    }
    height = tall;
    join(0);
    return new Syntax.MapLiteral(keys, values, opening.start(), previousEnd());
  }
}
