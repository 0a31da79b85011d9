package dev.nightjar.model.expression;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of compiled expressions that have parts themselves. */
final class Nodes {

  private Nodes() {}

  private static EvaluationException in(String text, EvaluationException e) {
    return new EvaluationException(e.getMessage() + " in `" + text + "`");
  }

  private static boolean truth(Object raw, String what) {
    if (Value.of(raw) instanceof Boolean truth) {
      return truth;
    }
    throw new EvaluationException(
        what + " takes true or false, not " + Types.article(Value.of(raw)));
  }

  /** {@code left operator right}; the text is for messages. */
  record Binary(Operator operator, Node left, Node right, String text) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      Object a = Value.of(left.evaluate(frame));
      Object b = Value.of(right.evaluate(frame));
      try {
        return operator.apply(a, b);
      } catch (EvaluationException e) {
        throw in(text, e);
      }
    }
  }

  /** {@code &&} and {@code ||}: an operand that decides hides what is wrong with the others. */
  record Logic(boolean and, List<Node> operands) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      EvaluationException wrong = null;
      for (Node operand : operands) {
        try {
          if (truth(operand.evaluate(frame), and ? "`&&`" : "`||`") != and) {
            return !and;
          }
        } catch (EvaluationException e) {
          wrong = wrong == null ? e : wrong;
        }
      }
      if (wrong != null) {
        throw wrong;
      }
      return and;
    }
  }

  /** {@code !operand}. */
  record Not(Node operand) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      return !truth(operand.evaluate(frame), "`!`");
    }
  }

  /** {@code -operand}. */
  record Negation(Node operand) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      return Arithmetic.negate(Value.of(operand.evaluate(frame)));
    }
  }

  /** {@code test ? then : otherwise}. */
  record Choice(Node test, Node then, Node otherwise) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      return (truth(test.evaluate(frame), "`? :`") ? then : otherwise).evaluate(frame);
    }
  }

  /** {@code container[key]} where one of them is known only now; the text is for messages. */
  record Element(Node container, Node key, String text) implements Node.Field {
    @Override
    public Object evaluate(Frame frame) {
      Object found = find(frame);
      if (found == null) {
        throw new EvaluationException("there is no `" + text + "`");
      }
      return found;
    }

    @Override
    public boolean present(Frame frame) {
      boolean reachable = !(container instanceof Field field) || field.present(frame);
      return reachable && find(frame) != null;
    }

    private @Nullable Object find(Frame frame) {
      Object from = Value.of(container.evaluate(frame));
      return Value.element(from, Value.of(key.evaluate(frame)));
    }
  }

  /** {@code has(field)}. */
  record Has(Field field) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      return field.present(frame);
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Node> elements) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      List<Object> values = new ArrayList<>(elements.size());
      for (Node element : elements) {
        values.add(element.evaluate(frame));
      }
      return values;
    }
  }

  /** <code>{k: v}</code>. */
  record MapOf(List<Node> keys, List<Node> values) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = Value.of(keys.get(i).evaluate(frame));
        if (!Value.isKey(key)) {
          throw new EvaluationException(Types.article(key) + " is no key of a map");
        }
        if (map.put(key, values.get(i).evaluate(frame)) != null) {
          throw new EvaluationException("the map has the key " + key + " twice");
        }
      }
      return map;
    }
  }

  /** A function with its arguments; which overload it is may show only now. */
  record Call(String name, List<Overload> overloads, List<Node> arguments, String text)
      implements Node {
    @Override
    public Object evaluate(Frame frame) {
      Object[] values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Value.of(arguments.get(i).evaluate(frame));
      }
      try {
        return apply(values);
      } catch (EvaluationException e) {
        throw in(text, e);
      }
    }

    private Object apply(Object[] values) {
      for (Overload overload : overloads) {
        if (overload.takes(values)) {
          return overload.body().apply(values);
        }
      }
      List<String> types = new ArrayList<>();
      for (Object value : values) {
        types.add(Types.article(value));
      }
      throw new EvaluationException("`" + name + "` does not take " + String.join(" and ", types));
    }
  }

  /** {@code text.matches(pattern)} with a pattern known before. */
  record Search(Node text, Pattern pattern) implements Node {
    @Override
    public Object evaluate(Frame frame) {
      Object value = Value.of(text.evaluate(frame));
      if (value instanceof String string) {
        return pattern.matcher(string).find();
      }
      throw new EvaluationException("`matches` does not take " + Types.article(value));
    }
  }
}
