package dev.nightjar.model.expression;

import static dev.nightjar.model.expression.Overload.global;
import static dev.nightjar.model.expression.Overload.member;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.BinaryNode;

/** All functions by name. */
final class Functions {

  static final Map<String, List<Overload>> ALL = all();

  private Functions() {}

  private static Map<String, List<Overload>> all() {
    Map<String, List<Overload>> all = new TreeMap<>();
    all.put("size", sizes());
    all.putAll(Conversions.functions());
    all.putAll(StringFunctions.functions());
    all.putAll(MathFunctions.functions());
    all.putAll(TimeFunctions.functions());
    return Map.copyOf(all);
  }

  private static List<Overload> sizes() {
    Overload.Body text = a -> codePoints((String) a[0]);
    Overload.Body bytes = a -> (long) ((BinaryNode) a[0]).binaryValue().length;
    Overload.Body list = a -> (long) ((List<?>) a[0]).size();
    Overload.Body map = a -> (long) Value.size(a[0]);
    Type anyList = new Type.ListOf(Type.ANY);
    Type anyMap = new Type.MapOf(Type.ANY);
    return List.of(
        global(Type.INT, text, Type.STRING),
        global(Type.INT, bytes, Type.BYTES),
        global(Type.INT, list, anyList),
        global(Type.INT, map, anyMap),
        member(Type.INT, text, Type.STRING),
        member(Type.INT, bytes, Type.BYTES),
        member(Type.INT, list, anyList),
        member(Type.INT, map, anyMap));
  }

  private static Object codePoints(String text) {
    return (long) text.codePointCount(0, text.length());
  }
}
