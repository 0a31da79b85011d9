package dev.nightjar.model.expression;

import java.util.List;
import java.util.Random;

/** Writes expressions that are well typed most of the time. */
final class RandomExpression {

  private enum Kind {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    LIST
  }

  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  String next() {
    return of(pick(List.of(Kind.values())), 4);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String of(Kind kind, int depth) {
    // Now and then something that does not fit; numbers of two types may be mixed, unlike in CEL.
    boolean number = kind == Kind.INT || kind == Kind.DOUBLE;
    Kind other = number ? Kind.STRING : Kind.LIST;
    return exactly(random.nextInt(60) == 0 ? other : kind, depth);
  }

  private String exactly(Kind kind, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf(kind);
    }
    int less = depth - 1;
    if (random.nextInt(8) == 0) {
      return "("
          + of(Kind.BOOL, less)
          + " ? "
          + exactly(kind, less)
          + " : "
          + exactly(kind, less)
          + ")";
    }
    return switch (kind) {
      case BOOL -> truth(less);
      case INT -> whole(less);
      case DOUBLE ->
          "(" + of(kind, less) + pick(List.of(" + ", " - ", " * ", " / ")) + of(kind, less) + ")";
      case STRING -> text(less);
      case LIST -> list(less);
    };
  }

  private String leaf(Kind kind) {
    return switch (kind) {
      case BOOL -> pick(List.of("true", "false", "b", "has(m.a)", "has(m.zz)"));
      case INT -> pick(List.of("0", "1", "-3", "i", "9223372036854775807", "l[1]", "2"));
      case DOUBLE -> pick(List.of("0.0", "1.5", "-2.25", "d", "1e300"));
      case STRING -> pick(List.of("''", "'a'", "'bca'", "s", "\"x y\"", "'😀'"));
      case LIST -> pick(List.of("[1]", "l", "[3, 2]", "[i, 7, 0]"));
    };
  }

  private String truth(int depth) {
    Kind kind = pick(List.of(Kind.INT, Kind.DOUBLE, Kind.STRING, Kind.BOOL));
    return switch (random.nextInt(7)) {
      case 0 -> of(Kind.BOOL, depth) + " && " + of(Kind.BOOL, depth);
      case 1 -> "(" + of(Kind.BOOL, depth) + " || " + of(Kind.BOOL, depth) + ")";
      case 2 -> "!(" + of(Kind.BOOL, depth) + ")";
      case 3 -> "(" + of(Kind.INT, depth) + " in " + of(Kind.LIST, depth) + ")";
      case 4 ->
          of(Kind.STRING, depth)
              + pick(List.of(".contains(", ".startsWith(", ".endsWith("))
              + of(Kind.STRING, depth)
              + ")";
      case 5 -> "(" + of(Kind.LIST, depth) + " == " + of(Kind.LIST, depth) + ")";
      default -> "(" + of(kind, depth) + " " + pick(COMPARISONS) + " " + of(kind, depth) + ")";
    };
  }

  private String whole(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "size(" + of(pick(List.of(Kind.STRING, Kind.LIST)), depth) + ")";
      case 1 -> "int(" + exactly(pick(List.of(Kind.INT, Kind.DOUBLE)), depth) + ")";
      case 2 -> of(Kind.LIST, depth) + "[" + of(Kind.INT, depth) + "]";
      case 3 -> "('y' + " + of(Kind.STRING, depth) + ").indexOf(" + of(Kind.STRING, depth) + ")";
      default ->
          "("
              + of(Kind.INT, depth)
              + pick(List.of(" + ", " - ", " * ", " / ", " % "))
              + of(Kind.INT, depth)
              + ")";
    };
  }

  private String text(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> "string(" + of(pick(List.of(Kind.INT, Kind.BOOL, Kind.STRING)), depth) + ")";
      case 1 -> of(Kind.STRING, depth) + ".substring(" + of(Kind.INT, depth) + ")";
      case 2 -> of(Kind.STRING, depth) + ".upperAscii().trim()";
      case 3 -> of(Kind.STRING, depth) + ".split('a').join(" + of(Kind.STRING, depth) + ")";
      case 4 -> of(Kind.STRING, depth) + ".replace('a', " + of(Kind.STRING, depth) + ")";
      default -> "(" + of(Kind.STRING, depth) + " + " + of(Kind.STRING, depth) + ")";
    };
  }

  private String list(int depth) {
    return random.nextBoolean()
        ? "[" + of(Kind.INT, depth) + ", " + of(Kind.INT, depth) + "]"
        : "(" + of(Kind.LIST, depth) + " + " + of(Kind.LIST, depth) + ")";
  }
}
