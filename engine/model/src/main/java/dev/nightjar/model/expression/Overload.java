package dev.nightjar.model.expression;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One way to call a function.
 *
 * @param member called {@code first.name(…)} rather than {@code name(first, …)}
 * @param parameters the first one included
 * @param many whether the last parameter may come any number of times, but at least once
 */
record Overload(boolean member, List<Type> parameters, boolean many, Type result, Body body) {

  /** What it does; its arguments are values as {@link Value} lists them, of the right types. */
  @FunctionalInterface
  interface Body {
    Object apply(Object[] arguments);
  }

  static Overload member(Type result, Body body, Type... parameters) {
    return new Overload(true, List.of(parameters), false, result, body);
  }

  static Overload global(Type result, Body body, Type... parameters) {
    return new Overload(false, List.of(parameters), false, result, body);
  }

  /** {@code name(first, second, third, …)}. */
  static Overload many(Type result, Body body, Type parameter) {
    return new Overload(false, List.of(parameter), true, result, body);
  }

  Type parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** Where any number of values of any type may come, numbers may. */
  boolean takes(int index, Type argument) {
    boolean fits = Types.takes(parameter(index), argument);
    boolean number = argument == Type.ANY || Types.isNumber(argument);
    return fits && (number || !many);
  }

  boolean takesCount(int count) {
    return many ? count >= parameters.size() : count == parameters.size();
  }

  boolean takes(List<Type> arguments) {
    boolean takes = takesCount(arguments.size());
    for (int i = 0; takes && i < arguments.size(); i++) {
      takes = takes(i, arguments.get(i));
    }
    return takes;
  }

  boolean takes(Object[] arguments) {
    boolean takes = takesCount(arguments.length);
    for (int i = 0; takes && i < arguments.length; i++) {
      takes = takes(i, Types.of(arguments[i]));
    }
    return takes;
  }

  /** {@code string.split(string, int)}. */
  String shown(String name) {
    List<String> names = parameters.stream().map(Types::name).toList();
    String last = many ? ", …)" : ")";
    return member
        ? names.getFirst() + "." + name + "(" + joined(names.subList(1, names.size())) + last
        : name + "(" + joined(names) + last;
  }

  private static String joined(List<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }
}
