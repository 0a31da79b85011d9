package dev.nightjar.model.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Which types go together, and what messages call them. */
final class Types {

  private Types() {}

  /** {@code string}, {@code list}, {@code map}; of ANY, {@code value}. */
  static String name(Type type) {
    return switch (type) {
      case Type.Simple.ANY -> "value";
      case Type.Simple simple -> simple.name().toLowerCase(Locale.ROOT);
      case Type.ListOf list -> "list";
      case Type.MapOf map -> "map";
      case Type.Fields fields -> "map";
    };
  }

  /** {@code a string}, {@code an int}, {@code null}. */
  static String article(Type type) {
    String name = name(type);
    if (type == Type.NULL || type == Type.BYTES) {
      return name;
    }
    return (name.startsWith("i") ? "an " : "a ") + name;
  }

  static String name(Object value) {
    return name(of(value));
  }

  static String article(Object value) {
    return article(of(value));
  }

  /** The type of a value, as far as it shows without looking at its elements. */
  static Type of(Object value) {
    return switch (value) {
      case Boolean truth -> Type.BOOL;
      case Long whole -> Type.INT;
      case Double real -> Type.DOUBLE;
      case String text -> Type.STRING;
      case BinaryNode bytes -> Type.BYTES;
      case Instant time -> Type.TIMESTAMP;
      case Duration time -> Type.DURATION;
      case NullNode nothing -> Type.NULL;
      case List<?> list -> new Type.ListOf(Type.ANY);
      case Map<?, ?> map -> new Type.MapOf(Type.ANY);
      case ObjectNode object -> new Type.MapOf(Type.ANY);
      default -> Type.ANY;
    };
  }

  static boolean isNumber(Type type) {
    return type == Type.INT || type == Type.DOUBLE;
  }

  static boolean isMap(Type type) {
    return type instanceof Type.MapOf || type instanceof Type.Fields;
  }

  /** Whether a parameter takes an argument of that type; what is known later only, it may. */
  static boolean takes(Type parameter, Type argument) {
    if (parameter == Type.ANY || argument == Type.ANY) {
      return true;
    }
    if (parameter instanceof Type.ListOf list) {
      return argument instanceof Type.ListOf given && takes(list.element(), given.element());
    }
    return parameter instanceof Type.MapOf ? isMap(argument) : parameter.equals(argument);
  }

  /** Whether two values of these types can be equal. A value that is not there is null. */
  static boolean comparable(Type one, Type other) {
    if (one == Type.ANY || other == Type.ANY || one == Type.NULL || other == Type.NULL) {
      return true;
    }
    if (isNumber(one) && isNumber(other)) {
      return true;
    }
    if (one instanceof Type.ListOf list) {
      return other instanceof Type.ListOf second && comparable(list.element(), second.element());
    }
    return isMap(one) ? isMap(other) : one.equals(other);
  }

  /** What a value is of which it is known only that it is one of the two. */
  static Type either(Type one, Type other) {
    if (one.equals(other)) {
      return one;
    }
    if (one instanceof Type.ListOf list && other instanceof Type.ListOf second) {
      return new Type.ListOf(either(list.element(), second.element()));
    }
    return Type.ANY;
  }
}
